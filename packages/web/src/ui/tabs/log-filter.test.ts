import { describe, expect, it } from 'vitest';
import { filterLog, logSources } from './log-filter.ts';

function line(level: string, worker: number | null) {
  return { time: '', level, worker, text: `${level} of ${worker ?? 'master'}` };
}

const LINES = [line('info', null), line('error', 10), line('warn', 2), line('fatal', null), line('debug', 2)];

describe('the filter of the log', () => {
  it('shows everything until somebody chooses', () => {
    expect(filterLog(LINES, { level: 'all', from: 'all' })).toBe(LINES);
  });

  it('shows a level and what is worse', () => {
    const levels = (level: 'warn' | 'error') =>
      filterLog(LINES, { level, from: 'all' }).map((shown) => shown.level);
    expect(levels('warn')).toEqual(['error', 'warn', 'fatal']);
    expect(levels('error')).toEqual(['error', 'fatal']);
  });

  it('shows what the master says, or one worker, and both filters at once', () => {
    expect(filterLog(LINES, { level: 'all', from: 'master' })).toHaveLength(2);
    expect(filterLog(LINES, { level: 'all', from: '2' })).toHaveLength(2);
    expect(filterLog(LINES, { level: 'warn', from: '2' }).map(({ text }) => text)).toEqual(['warn of 2']);
  });

  it('offers the master and the workers by their numbers, and keeps the one that is chosen', () => {
    expect(logSources(LINES, 'all')).toEqual(['master', '2', '10']);
    expect(logSources([], '3')).toEqual(['master', '3']);
  });
});
