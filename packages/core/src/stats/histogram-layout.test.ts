import fc from 'fast-check';
import { build, type JsHistogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import {
  BUCKET_COUNT,
  bucketChecksum,
  bucketHighestUs,
  bucketIndexOf,
  clampUs,
  HISTOGRAM,
} from './histogram-layout.ts';

const hdr = build({
  bitBucketSize: 64,
  lowestDiscernibleValue: HISTOGRAM.lowestUs,
  highestTrackableValue: HISTOGRAM.highestUs,
  numberOfSignificantValueDigits: HISTOGRAM.digits,
  autoResize: false,
}) as JsHistogram;

describe('the bucket layout', () => {
  it('has the buckets of hdr-histogram-js, one by one', () => {
    const differing: number[] = [];
    for (let index = 0; index < BUCKET_COUNT; index++) {
      const highest = bucketHighestUs(index);
      const lowest = index === 0 ? 0 : bucketHighestUs(index - 1) + 1;
      const agrees =
        bucketIndexOf(highest) === index &&
        bucketIndexOf(lowest) === index &&
        hdr.countsArrayIndex(highest) === index &&
        hdr.countsArrayIndex(lowest) === index &&
        hdr.highestEquivalentValue(lowest) === highest &&
        hdr.lowestEquivalentValue(highest) === lowest;
      if (!agrees) differing.push(index);
    }
    expect(differing).toEqual([]);
  });

  it('ends at the bucket of the highest value', () => {
    expect(bucketIndexOf(HISTOGRAM.highestUs)).toBe(BUCKET_COUNT - 1);
    expect(hdr.countsArrayIndex(HISTOGRAM.highestUs)).toBe(BUCKET_COUNT - 1);
  });

  it('puts every value where hdr-histogram-js does, to three digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: HISTOGRAM.highestUs }), (valueUs) => {
        const index = bucketIndexOf(valueUs);
        expect(index).toBe(hdr.countsArrayIndex(valueUs));
        expect(bucketHighestUs(index)).toBe(hdr.highestEquivalentValue(valueUs));
        expect(bucketHighestUs(index) - valueUs).toBeLessThanOrEqual(valueUs / 1_000);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('clampUs', () => {
  it.each([
    [12.4, 12],
    [12.5, 13],
    [0, 0],
    [-1, 0],
    [Number.NaN, 0],
    [HISTOGRAM.highestUs, HISTOGRAM.highestUs],
    [HISTOGRAM.highestUs + 1, HISTOGRAM.highestUs],
    [Number.POSITIVE_INFINITY, HISTOGRAM.highestUs],
  ])('brings %d to %d', (measured, expected) => {
    expect(clampUs(measured)).toBe(expected);
  });
});

describe('bucketChecksum', () => {
  it('adds up over the counts of a bucket, modulo 2^32', () => {
    const index = fc.nat(BUCKET_COUNT - 1);
    fc.assert(
      fc.property(index, fc.nat(1e6), fc.nat(1e6), (bucket, a, b) => {
        expect((bucketChecksum(bucket, a) + bucketChecksum(bucket, b)) % 2 ** 32).toBe(
          bucketChecksum(bucket, a + b),
        );
      }),
    );
  });

  it('differs from bucket to bucket', () => {
    const terms = Array.from({ length: BUCKET_COUNT }, (_, index) => bucketChecksum(index, 1));
    expect(new Set(terms).size).toBe(BUCKET_COUNT);
  });
});
