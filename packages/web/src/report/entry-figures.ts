import { type EntryReport, REPORT_PERCENTILES } from '@loadts/core';

type Percentile = (typeof REPORT_PERCENTILES)[number];

/** In milliseconds. */
export function percentileOf(entry: Pick<EntryReport, 'percentilesMs'>, percentile: number): number {
  return entry.percentilesMs[REPORT_PERCENTILES.indexOf(percentile as Percentile)] ?? 0;
}

/** Whether there were so few requests that the percentile only repeats the slowest one. */
export function isWeak({ measured }: Pick<EntryReport, 'measured'>, percentile: number): boolean {
  return percentile < 100 && measured < Math.round(100 / (100 - percentile));
}

/** What tells an entry apart from all others. */
export function keyOf({
  scenario = '',
  method,
  name,
}: Pick<EntryReport, 'scenario' | 'method' | 'name'>): string {
  return `${scenario}\n${method}\n${name}`;
}
