import type { LogView } from '@loadts/protocol';
import { levels } from 'pino';

const MOST_LINES = 500;

interface LogLine {
  readonly level: number;
  readonly time: number;
  readonly worker?: number;
  readonly msg?: string;
}

/** The newest lines of the log, for those who open the page later. */
export class LogTail {
  readonly #lines: LogView[] = [];
  /** Told of each line. */
  onLine: (line: LogView) => void = () => {};

  get lines(): readonly LogView[] {
    return this.#lines;
  }

  /** @param json as the logger writes it */
  add(json: string): void {
    const { level, time, worker, msg = '' } = JSON.parse(json) as LogLine;
    const line = {
      time: new Date(time).toISOString(),
      level: levels.labels[level] ?? String(level),
      worker: worker ?? null,
      text: msg,
    };
    this.#lines.push(line);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
    this.onLine(line);
  }
}
