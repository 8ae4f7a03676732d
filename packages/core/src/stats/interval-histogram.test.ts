import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKET_COUNT, bucketHighestUs, bucketIndexOf, HISTOGRAM } from './histogram-layout.ts';
import { IntervalHistogram } from './interval-histogram.ts';
import { histogramOf, timesUs } from './samples.case.ts';
import { EMPTY_HISTOGRAM } from './sparse-histogram.ts';

describe('IntervalHistogram', () => {
  it('counts what was recorded, bucket by bucket', () => {
    const histogram = new IntervalHistogram();
    for (const value of [5, 70_000, 5, 1]) histogram.record(value);
    expect(histogram.count).toBe(4);
    expect(histogram.take()).toEqual({
      count: 4,
      sumUs: 70_011,
      minUs: 1,
      maxUs: 70_000,
      indexes: Uint16Array.of(1, 5, bucketIndexOf(70_000)),
      counts: Uint32Array.of(1, 2, 1),
    });
  });

  it('is empty after it was taken, and counts the next interval from zero', () => {
    const histogram = new IntervalHistogram();
    histogram.record(7);
    histogram.take();
    expect(histogram.count).toBe(0);
    expect(histogram.take()).toEqual(EMPTY_HISTOGRAM);
    histogram.record(7);
    expect(histogram.take()).toEqual(histogramOf([7]));
  });

  it('merges what was counted elsewhere as if it had been recorded here', () => {
    fc.assert(
      fc.property(timesUs, timesUs, (here, there) => {
        const merged = new IntervalHistogram();
        for (const valueUs of here) merged.record(valueUs);
        merged.merge(histogramOf(there));
        expect(merged.take()).toEqual(histogramOf([...here, ...there]));
      }),
    );
  });

  it('keeps to its range', () => {
    const taken = histogramOf([-3, Number.NaN, 1e12]);
    expect(taken).toMatchObject({
      count: 3,
      sumUs: HISTOGRAM.highestUs,
      minUs: 0,
      maxUs: HISTOGRAM.highestUs,
    });
    expect([...taken.indexes]).toEqual([0, BUCKET_COUNT - 1]);
  });

  it('has room for every bucket at once', () => {
    const values = Array.from({ length: BUCKET_COUNT }, (_, index) =>
      Math.min(bucketHighestUs(index), HISTOGRAM.highestUs),
    );
    const taken = histogramOf(values.toReversed());
    expect(taken.indexes).toEqual(Uint16Array.from({ length: BUCKET_COUNT }, (_, index) => index));
    expect(taken.counts.every((count) => count === 1)).toBe(true);
  });

  it('holds every value once, in ascending buckets, with the exact sum and extremes', () => {
    fc.assert(
      fc.property(timesUs, (values) => {
        const { count, sumUs, minUs, maxUs, indexes, counts } = histogramOf(values);
        expect(count).toBe(values.length);
        expect(counts.reduce((total, n) => total + n, 0)).toBe(values.length);
        expect(sumUs).toBe(values.reduce((total, value) => total + value, 0));
        expect([minUs, maxUs]).toEqual(
          values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)],
        );
        expect([...indexes]).toEqual([...new Set(values.map(bucketIndexOf))].sort((a, b) => a - b));
      }),
    );
  });

  it('adds what was recorded elsewhere as if it had been recorded here', () => {
    fc.assert(
      fc.property(timesUs, timesUs, timesUs, (own, one, other) => {
        const histogram = new IntervalHistogram();
        for (const value of own) histogram.record(value);
        histogram.merge(histogramOf(one));
        histogram.merge(histogramOf(other));
        expect(histogram.take()).toEqual(histogramOf([...own, ...one, ...other]));
        expect(histogram.take()).toEqual(histogramOf([]));
      }),
    );
  });
});
