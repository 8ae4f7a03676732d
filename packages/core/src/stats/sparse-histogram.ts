import { bucketChecksum, bucketHighestUs } from './histogram-layout.ts';
import { nearestRank } from './nearest-rank.ts';

/** Counts of the buckets that are not empty, by ascending bucket index, with the exact extremes. */
export interface SparseHistogram {
  readonly count: number;
  readonly sumUs: number;
  readonly minUs: number;
  readonly maxUs: number;
  readonly indexes: Uint16Array;
  readonly counts: Uint32Array;
}

export const EMPTY_HISTOGRAM: SparseHistogram = {
  count: 0,
  sumUs: 0,
  minUs: 0,
  maxUs: 0,
  indexes: new Uint16Array(0),
  counts: new Uint32Array(0),
};

/** Sum over buckets, modulo 2^32: equal for equal contents, whatever the order of merging. */
export function sparseChecksum(histogram: SparseHistogram): number {
  let checksum = 0;
  const { indexes, counts } = histogram;
  for (let i = 0; i < indexes.length; i++) {
    checksum = (checksum + bucketChecksum(indexes[i] as number, counts[i] as number)) | 0;
  }
  return checksum >>> 0;
}

/** Of all histograms that an entry may have. */
export function entryChecksum(entry: {
  readonly latency: SparseHistogram;
  readonly service?: SparseHistogram | undefined;
  readonly ttfb?: SparseHistogram | undefined;
}): number {
  const { latency, service = EMPTY_HISTOGRAM, ttfb = EMPTY_HISTOGRAM } = entry;
  return (sparseChecksum(latency) + sparseChecksum(service) + sparseChecksum(ttfb)) >>> 0;
}

/** Nearest rank, to the precision of a bucket; never above the exact maximum. 0 where nothing was recorded. */
export function sparsePercentileUs(histogram: SparseHistogram, percentile: number): number {
  const { count, indexes, counts, minUs, maxUs } = histogram;
  const rank = nearestRank(percentile, count);
  let seen = 0;
  for (let i = 0; i < indexes.length; i++) {
    seen += counts[i] as number;
    if (seen >= rank) return Math.max(minUs, Math.min(maxUs, bucketHighestUs(indexes[i] as number)));
  }
  return maxUs;
}

export function mergeSparse(a: SparseHistogram, b: SparseHistogram): SparseHistogram {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const indexes = new Uint16Array(a.indexes.length + b.indexes.length);
  const counts = new Uint32Array(indexes.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.indexes.length || j < b.indexes.length; length++) {
    const fromA = a.indexes[i] ?? Number.POSITIVE_INFINITY;
    const fromB = b.indexes[j] ?? Number.POSITIVE_INFINITY;
    indexes[length] = Math.min(fromA, fromB);
    let count = 0;
    if (fromA <= fromB) count += a.counts[i++] as number;
    if (fromB <= fromA) count += b.counts[j++] as number;
    counts[length] = count;
  }
  return {
    count: a.count + b.count,
    sumUs: a.sumUs + b.sumUs,
    minUs: Math.min(a.minUs, b.minUs),
    maxUs: Math.max(a.maxUs, b.maxUs),
    indexes: indexes.slice(0, length),
    counts: counts.slice(0, length),
  };
}
