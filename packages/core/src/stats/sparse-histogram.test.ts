import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';
import { histogramOf, timesUs } from './samples.case.ts';
import {
  EMPTY_HISTOGRAM,
  entryChecksum,
  mergeSparse,
  type SparseHistogram,
  sparseChecksum,
  sparsePercentileUs,
} from './sparse-histogram.ts';

const histogram: fc.Arbitrary<SparseHistogram> = timesUs.map(histogramOf);

describe('a percentile of a sparse histogram', () => {
  it('is that of the merged histogram', () => {
    fc.assert(
      fc.property(timesUs, fc.constantFrom(1, 50, 90, 99, 100), (values, percentile) => {
        const merged = new LatencyHistogram();
        merged.merge(histogramOf(values));
        expect(sparsePercentileUs(histogramOf(values), percentile)).toBe(
          merged.percentilesUs([percentile])[0],
        );
      }),
    );
  });
});

describe('mergeSparse', () => {
  it('equals one histogram of all samples', () => {
    fc.assert(
      fc.property(timesUs, timesUs, (a, b) => {
        expect(mergeSparse(histogramOf(a), histogramOf(b))).toEqual(histogramOf([...a, ...b]));
      }),
    );
  });

  it('is the same in any order and grouping', () => {
    fc.assert(
      fc.property(histogram, histogram, histogram, (a, b, c) => {
        expect(mergeSparse(a, b)).toEqual(mergeSparse(b, a));
        expect(mergeSparse(mergeSparse(a, b), c)).toEqual(mergeSparse(a, mergeSparse(b, c)));
      }),
    );
  });

  it('changes nothing together with an empty one', () => {
    fc.assert(
      fc.property(histogram, (a) => {
        expect(mergeSparse(a, EMPTY_HISTOGRAM)).toEqual(a);
        expect(mergeSparse(EMPTY_HISTOGRAM, a)).toEqual(a);
      }),
    );
  });

  it('leaves what it merges as it is', () => {
    const [a, b] = [histogramOf([1, 2]), histogramOf([2, 3])];
    mergeSparse(a, b);
    expect(a).toEqual(histogramOf([1, 2]));
    expect(b).toEqual(histogramOf([2, 3]));
  });
});

describe('sparseChecksum', () => {
  it('of a merge is the sum, modulo 2^32', () => {
    fc.assert(
      fc.property(histogram, histogram, (a, b) => {
        expect(sparseChecksum(mergeSparse(a, b))).toBe((sparseChecksum(a) + sparseChecksum(b)) % 2 ** 32);
      }),
    );
  });

  it('notices a sample that moved to another bucket', () => {
    expect(sparseChecksum(histogramOf([1, 2, 3]))).not.toBe(sparseChecksum(histogramOf([1, 2, 4])));
    expect(sparseChecksum(EMPTY_HISTOGRAM)).toBe(0);
  });
});

describe('entryChecksum', () => {
  it('notices a change in any of the times that an entry has', () => {
    const latency = histogramOf([9]);
    const sums = [{}, { service: histogramOf([1]) }, { ttfb: histogramOf([2]) }].map((more) =>
      entryChecksum({ latency, ...more }),
    );
    expect(new Set(sums).size).toBe(3);
    expect(entryChecksum({ latency, ttfb: EMPTY_HISTOGRAM })).toBe(sums[0]);
  });
});
