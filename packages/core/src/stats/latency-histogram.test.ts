import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketHighestUs, bucketIndexOf, HISTOGRAM } from './histogram-layout.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { histogramOf, timesUs } from './samples.case.ts';
import { EMPTY_HISTOGRAM } from './sparse-histogram.ts';

const PERCENTILES = [0, 1, 50, 90, 95, 99, 99.9, 99.99, 100];

const someTimesUs = timesUs.filter((values) => values.length > 0);

function latencyOf(...parts: readonly (readonly number[])[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const values of parts) histogram.merge(histogramOf(values));
  return histogram;
}

/** Nearest rank on sorted samples; in whole numbers, so that no rounding error can shift it. */
function nearestRank(values: readonly number[], percentile: number): number {
  const hundredths = BigInt(Math.round(percentile * 100));
  const rank = (hundredths * BigInt(values.length) + 9_999n) / 10_000n;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Number(rank)) - 1] as number;
}

describe('LatencyHistogram', () => {
  it('is all zeros before anything was merged', () => {
    const { count, sumUs, minUs, maxUs, meanUs } = latencyOf();
    expect({ count, sumUs, minUs, maxUs, meanUs }).toEqual({
      count: 0,
      sumUs: 0,
      minUs: 0,
      maxUs: 0,
      meanUs: 0,
    });
    expect(latencyOf().percentilesUs([50, 100])).toEqual([0, 0]);
  });

  it('knows the exact mean, sum and extremes', () => {
    const { count, sumUs, minUs, maxUs, meanUs } = latencyOf([1_000_003], [7, 500_000]);
    expect({ count, sumUs, minUs, maxUs }).toEqual({
      count: 3,
      sumUs: 1_500_010,
      minUs: 7,
      maxUs: 1_000_003,
    });
    expect(meanUs).toBeCloseTo(1_500_010 / 3, 9);
  });

  it('reports a single value as it was measured, at every percentile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: HISTOGRAM.highestUs }), (valueUs) => {
        expect(new Set(latencyOf([valueUs]).percentilesUs(PERCENTILES))).toEqual(new Set([valueUs]));
      }),
    );
  });

  it('takes the nearest rank, to the precision of a bucket', () => {
    fc.assert(
      fc.property(someTimesUs, (values) => {
        const found = latencyOf(values).percentilesUs(PERCENTILES);
        const expected = PERCENTILES.map((percentile) => {
          const highest = bucketHighestUs(bucketIndexOf(nearestRank(values, percentile)));
          return Math.min(highest, Math.max(...values));
        });
        expect(found).toEqual(expected);
      }),
    );
  });

  it('stays within the exact extremes, and never falls from one percentile to the next', () => {
    fc.assert(
      fc.property(someTimesUs, (values) => {
        const found = latencyOf(values).percentilesUs(PERCENTILES);
        expect(found).toEqual(found.toSorted((a, b) => a - b));
        expect(found[0]).toBeGreaterThanOrEqual(Math.min(...values));
        expect(found.at(-1)).toBe(Math.max(...values));
      }),
    );
  });

  it('is the same merged from three workers as fed with all samples', () => {
    fc.assert(
      fc.property(timesUs, timesUs, timesUs, (a, b, c) => {
        const [merged, fed] = [latencyOf(a, b, c), latencyOf([...c, ...a, ...b])];
        expect(merged.percentilesUs(PERCENTILES)).toEqual(fed.percentilesUs(PERCENTILES));
        expect([merged.count, merged.sumUs, merged.minUs, merged.maxUs]).toEqual([
          fed.count,
          fed.sumUs,
          fed.minUs,
          fed.maxUs,
        ]);
      }),
    );
  });

  it.each([
    [1_000, 99.9, 999],
    [1_000, 99, 990],
    [100, 29, 29],
    [100, 58, 58],
    [200, 0.5, 1],
  ])('finds rank %d x %d %% without rounding errors', (count, percentile, rank) => {
    const values = Array.from({ length: count }, (_, index) => index + 1);
    expect(latencyOf(values).percentilesUs([percentile])).toEqual([rank]);
  });

  it('counts far beyond 32 bits', () => {
    const histogram = new LatencyHistogram();
    const full = { ...histogramOf([10]), count: 4_000_000_000, counts: Uint32Array.of(4_000_000_000) };
    for (let i = 0; i < 3; i++) histogram.merge({ ...full, sumUs: 40_000_000_000 });
    histogram.merge(histogramOf([2_000]));
    expect(histogram.count).toBe(12_000_000_001);
    expect(histogram.percentilesUs([50, 99.99, 100])).toEqual([10, 10, 2_000]);
  });

  it('ignores what is empty', () => {
    const histogram = latencyOf([5]);
    histogram.merge(EMPTY_HISTOGRAM);
    expect([histogram.count, histogram.minUs, histogram.maxUs]).toEqual([1, 5, 5]);
  });
});
