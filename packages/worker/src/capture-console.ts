import { format } from 'node:util';
import type { Logger } from 'pino';

const LEVELS = { log: 'info', info: 'info', debug: 'debug', warn: 'warn', error: 'error' } as const;

/** What a script prints becomes log lines, which reach the master's terminal without tearing its table apart. */
export function captureConsole(logger: Logger): void {
  for (const [method, level] of Object.entries(LEVELS) as [
    keyof typeof LEVELS,
    'info' | 'debug' | 'warn' | 'error',
  ][]) {
    console[method] = (...values: unknown[]) => logger[level](format(...values));
  }
}
