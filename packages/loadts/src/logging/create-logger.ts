import { destination, type Logger, pino } from 'pino';
import type { LogFormat, LogLevel } from '../config/run-config.ts';
import { formatPrettyLine } from './pretty-line.ts';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Undefined: `print` gets the lines. */
  readonly file: string | undefined;
  readonly color: boolean;
  readonly print: (line: string) => void;
}

export function createLogger(options: LoggerOptions): Logger {
  const { level, format, file, color, print } = options;
  const output = file === undefined ? undefined : destination({ dest: file, sync: true, mkdir: true });
  const write = (line: string): void => {
    if (output) output.write(line);
    else print(line.trimEnd());
  };
  const pretty = (line: string): void => write(`${formatPrettyLine(line, color && !output)}\n`);
  return pino({ level, base: null }, { write: format === 'pretty' ? pretty : write });
}
