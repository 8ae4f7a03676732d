/**
 * The bucket layout that every process shares, checked in the handshake: hdr-histogram-js's own for 1 us to 1 h at
 * 3 significant digits, so that merged counts can be handed to it bucket by bucket.
 */
export const HISTOGRAM: {
  readonly lowestUs: number;
  readonly highestUs: number;
  readonly digits: 3;
} = { lowestUs: 1, highestUs: 3_600_000_000, digits: 3 };

const SUB_BUCKET_BITS = 11;
const HALF_BITS = SUB_BUCKET_BITS - 1;
const SUB_BUCKET_MASK = 2 ** SUB_BUCKET_BITS - 1;
/** Buckets of one doubling. */
export const PAGE_SIZE: number = 2 ** HALF_BITS;

/** Number of buckets: 22 doublings above the first 1,024 values. */
export const BUCKET_COUNT: number = bucketIndexOf(HISTOGRAM.highestUs) + 1;

/** The bucket of a value in whole microseconds, 0 to `HISTOGRAM.highestUs`. */
export function bucketIndexOf(valueUs: number): number {
  const doubling = 32 - SUB_BUCKET_BITS - Math.clz32(valueUs | SUB_BUCKET_MASK);
  return (doubling << HALF_BITS) + (valueUs >>> doubling);
}

/** The largest value that falls into a bucket. */
export function bucketHighestUs(index: number): number {
  const doubling = Math.max(0, (index >>> HALF_BITS) - 1);
  const subBucket = index - (doubling << HALF_BITS);
  return (subBucket + 1) * 2 ** doubling - 1;
}

/** Brings any measured time into the range that the layout can hold. */
export function clampUs(valueUs: number): number {
  if (!(valueUs > 0)) return 0;
  return valueUs > HISTOGRAM.highestUs ? HISTOGRAM.highestUs : Math.round(valueUs);
}

/** Order-free checksum term of `count` values in a bucket; sums of terms are compared modulo 2^32. */
export function bucketChecksum(index: number, count: number): number {
  return Math.imul(Math.imul(index + 1, 0x9e3779b1) ^ index, count) >>> 0;
}
