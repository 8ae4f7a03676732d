import { type EntryReport, REPORT_PERCENTILES } from '@loadts/core';
import { formatCount, formatMs } from './format-number.ts';
import { isWeakPercentile } from './percentile-table.ts';
import { printable, shorten } from './printable-text.ts';
import type { ReportStyle } from './style.ts';

/** Of fewer entries, the tables themselves show at a glance which are slow. */
const MIN_ENTRIES = 6;
const SHOWN = 3;
const P95 = REPORT_PERCENTILES.indexOf(95);

/** The entries with the highest p95 that has enough requests behind it; no line where there are few entries. */
export function formatSlowest(entries: readonly EntryReport[], style: ReportStyle): string[] {
  if (entries.length < MIN_ENTRIES) return [];
  const p95 = (entry: EntryReport): number => entry.percentilesMs[P95] as number;
  return entries
    .filter((entry) => !isWeakPercentile(entry, 95))
    .sort((a, b) => p95(b) - p95(a))
    .slice(0, SHOWN)
    .map((entry) => {
      const { method, name, requests } = entry;
      const text = `${formatMs(p95(entry)).padStart(6)} ms  ${method} ${name}, ${formatCount(requests, 'request')}`;
      return shorten(printable(text), style.width);
    });
}
