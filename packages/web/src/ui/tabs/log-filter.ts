import type { LogView } from '@loadts/protocol';

export const LOG_LEVELS = { all: 'All levels', warn: 'Warnings and errors', error: 'Errors only' } as const;

/** Which lines of the log are shown. */
export interface LogFilter {
  readonly level: keyof typeof LOG_LEVELS;
  /** `all`, `master`, or the number of a worker. */
  readonly from: string;
}

const WITHIN: Readonly<Record<LogFilter['level'], (level: string) => boolean>> = {
  all: () => true,
  warn: (level) => level === 'warn' || WITHIN.error(level),
  error: (level) => level === 'error' || level === 'fatal',
};

export function filterLog(lines: readonly LogView[], { level, from }: LogFilter): readonly LogView[] {
  if (level === 'all' && from === 'all') return lines;
  return lines.filter((line) => WITHIN[level](line.level) && (from === 'all' || sourceOf(line) === from));
}

/** Who says something, and who was chosen though nothing of it is left: the master first, workers by number. */
export function logSources(lines: readonly LogView[], chosen: string): readonly string[] {
  const sources = new Set(lines.map(sourceOf));
  if (chosen !== 'all') sources.add(chosen);
  const workers = [...sources].filter((source) => source !== 'master');
  return ['master', ...workers.sort((a, b) => Number(a) - Number(b))];
}

function sourceOf({ worker }: LogView): string {
  return worker === null ? 'master' : String(worker);
}
