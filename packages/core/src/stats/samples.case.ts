import fc from 'fast-check';
import { HISTOGRAM } from './histogram-layout.ts';
import { IntervalHistogram } from './interval-histogram.ts';
import { createCounts, type EntryCounts } from './outcome.ts';
import type { SparseHistogram } from './sparse-histogram.ts';

/** Measured times over all doublings, the extremes included. */
const timeUs: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 3_000 }),
  fc.integer({ min: 0, max: HISTOGRAM.highestUs }),
  fc.integer({ min: 0, max: 31 }).map((power) => 2 ** power),
);

export const timesUs: fc.Arbitrary<number[]> = fc.array(timeUs, { maxLength: 60 });

export const entryCounts: fc.Arbitrary<EntryCounts> = fc.record({
  started: fc.nat(99),
  ok: fc.nat(99),
  httpError: fc.nat(99),
  checkFailed: fc.nat(99),
  timeout: fc.nat(99),
  connectionError: fc.nat(99),
  aborted: fc.nat(99),
  retried: fc.nat(99),
  bytesReceived: fc.nat(99_999),
});

export function histogramOf(values: readonly number[]): SparseHistogram {
  const histogram = new IntervalHistogram();
  for (const value of values) histogram.record(value);
  return histogram.take();
}

/** So many requests that ended well. */
export function okCounts(ok: number): EntryCounts {
  return { ...createCounts(), started: ok, ok };
}
