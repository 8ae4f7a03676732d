import type { SearchBy, SearchResult } from '@loadts/core';
import { formatPercent, formatRate } from '../format-number.ts';

/** `160/s` or `24 users`. */
export function formatLoad(level: number, by: SearchBy): string {
  if (by === 'rate') return `${level}/s`;
  return level === 1 ? '1 user' : `${level} users`;
}

/** What was found, how sure that is, and why the search ended: a sentence each. */
export function describeSearch(result: SearchResult): string[] {
  const { by, ceiling, knee, levels, overloads, end } = result;
  const isKneeBelow = knee !== null && ceiling !== null && knee < ceiling;
  return [
    describeCeiling(result),
    ...(isKneeBelow
      ? [`From ${formatLoad(knee, by)} on, more load brings no more requests a second: it only waits longer.`]
      : []),
    ...(end === 'stopped' ? ['The search was stopped: there may be more to find.'] : []),
    ...(end === 'generator'
      ? [`loadts itself was the limit, so it ended after ${levels.length} levels: use more workers.`]
      : []),
    ...overloads,
  ];
}

function describeCeiling({ by, ceiling, failsAt, levels, from, to }: SearchResult): string {
  if (ceiling === null) {
    const reason = levels.find(({ outcome }) => outcome !== 'held')?.reason;
    return failsAt === null
      ? 'Ceiling: unknown, no level was measured to its end'
      : `Ceiling: below ${formatLoad(from, by)}, the lowest load: ${reason ?? 'it did not hold'}`;
  }
  const own = levels.filter(({ level }) => level === ceiling);
  const held = own.filter(({ outcome }) => outcome === 'held');
  const rates = held.map(({ requestsPerSecond }) => requestsPerSecond);
  const mean = rates.reduce((total, rate) => total + rate, 0) / Math.max(1, rates.length);
  const times = `held ${held.length} of ${own.length} times, at ${formatRate(mean)} requests a second`;
  const text = `Ceiling: ${formatLoad(ceiling, by)} (${times})`;
  if (failsAt === null)
    return `${text}; ${ceiling >= to ? 'that is the highest load asked for' : 'none failed'}`;
  const reason = levels.find(({ level, outcome }) => level === failsAt && outcome !== 'held')?.reason;
  const distance = formatPercent(failsAt - ceiling, ceiling);
  return `${text}; ${formatLoad(failsAt, by)}, ${distance} more, did not: ${reason ?? 'it failed'}`;
}
