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
  /** Gets each line as JSON, wherever it is written. */
  readonly onLine?: ((json: string) => void) | undefined;
}

export function createLogger(options: LoggerOptions): Logger {
  const { level, format, file, color, print } = options;
  const output = file === undefined ? undefined : destination({ dest: file, sync: true, mkdir: true });
  const write = (line: string): void => {
    if (output) output.write(line);
    else print(line.trimEnd());
  };
  const pretty = (line: string): void => write(`${formatPrettyLine(line, color && !output)}\n`);
  const show = format === 'pretty' ? pretty : write;
  const { onLine } = options;
  const tell = (line: string): void => {
    show(line);
    onLine?.(line);
  };
  return pino({ level, base: null }, { write: onLine ? tell : show });
}
