import type { EntryReport } from '@loadts/core';
import { formatCount } from './format-number.ts';

/** More would push the verdict off the screen. */
const MAX_ENTRIES = 20;

/** The entries that the tables show: all, or the busiest of too many, in their own order. */
export function chooseEntries(entries: readonly EntryReport[]): readonly EntryReport[] {
  if (entries.length <= MAX_ENTRIES) return entries;
  const busiest = new Set(entries.toSorted((a, b) => b.requests - a.requests).slice(0, MAX_ENTRIES));
  return entries.filter((entry) => busiest.has(entry));
}

/** What the tables leave out, in one sentence. */
export function describeLeftOut(
  entries: readonly EntryReport[],
  shown: readonly EntryReport[],
): string | undefined {
  const left = entries.length - shown.length;
  if (left === 0) return undefined;
  const kept = new Set(shown);
  const requests = entries.reduce((total, entry) => total + (kept.has(entry) ? 0 : entry.requests), 0);
  const rest = formatCount(left, 'less busy name', 'less busy names');
  return `… and ${rest} with ${formatCount(requests, 'request')}: --json, --csv and --html have all`;
}
