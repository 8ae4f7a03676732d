import { type LogLine, TEXT_LIMITS } from '@loadts/protocol';
import { type Logger, pino } from 'pino';

const LINES_PER_SECOND = 100;

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Collects log lines for the master and holds back what goes beyond 100 a second. */
export class LogForwarder {
  #lines: LogLine[] = [];
  #held = 0;

  readonly logger: Logger;

  constructor(level: string) {
    this.logger = pino({ level, base: null }, { write: (line: string) => this.#add(line) });
  }

  /** The lines since the last call; call it once a second. */
  take(): LogLine[] {
    const lines = this.#lines;
    if (this.#held > 0) lines.push({ level: 'warn', text: `${this.#held} more lines were held back` });
    this.#lines = [];
    this.#held = 0;
    return lines;
  }

  #add(line: string): void {
    if (this.#lines.length >= LINES_PER_SECOND) {
      this.#held++;
      return;
    }
    const { level, msg = '' } = JSON.parse(line) as { readonly level: number; readonly msg?: unknown };
    const name = LEVELS[Math.floor(level / 10) - 1] ?? 'info';
    const text = typeof msg === 'string' ? msg : JSON.stringify(msg);
    this.#lines.push({ level: name === 'fatal' ? 'error' : name, text: text.slice(0, TEXT_LIMITS.logLine) });
  }
}
