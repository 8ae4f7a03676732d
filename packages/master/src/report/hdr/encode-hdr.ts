import { deflateSync } from 'node:zlib';
import { HISTOGRAM, type SparseHistogram } from '@loadts/core';

// The V2 encoding of HdrHistogram: a cookie says what follows, here with words of one byte or more.
const V2_COOKIE = 0x1c849303 | 0x10;
const V2_COMPRESSED_COOKIE = 0x1c849304 | 0x10;
const HEADER_BYTES = 40;
/** The longest number: the ninth byte holds a whole byte, so 64 bits fit. */
const MAX_NUMBER_BYTES = 9;

/** A histogram as HdrHistogram's own libraries write it: V2, compressed, in base64. Values are microseconds. */
export function encodeHdr(histogram: SparseHistogram): string {
  const counts = encodeCounts(histogram);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32BE(V2_COOKIE, 0);
  header.writeInt32BE(counts.length, 4);
  header.writeInt32BE(0, 8);
  header.writeInt32BE(HISTOGRAM.digits, 12);
  header.writeBigInt64BE(BigInt(HISTOGRAM.lowestUs), 16);
  header.writeBigInt64BE(BigInt(HISTOGRAM.highestUs), 24);
  header.writeDoubleBE(1, 32);
  const packed = deflateSync(Buffer.concat([header, counts]));
  const outer = Buffer.alloc(8);
  outer.writeInt32BE(V2_COMPRESSED_COOKIE, 0);
  outer.writeInt32BE(packed.length, 4);
  return Buffer.concat([outer, packed]).toString('base64');
}

/** The counts of all buckets in order; a negative number stands for that many empty ones. */
function encodeCounts({ indexes, counts }: SparseHistogram): Buffer {
  const bytes = Buffer.alloc(2 * MAX_NUMBER_BYTES * indexes.length);
  let length = 0;
  let next = 0;
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i] as number;
    if (index > next) length = writeZigZag(bytes, length, next - index);
    length = writeZigZag(bytes, length, counts[i] as number);
    next = index + 1;
  }
  return bytes.subarray(0, length);
}

/** Seven bits a byte, least significant first; the sign is the lowest bit. @returns the offset behind it */
function writeZigZag(bytes: Buffer, offset: number, value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let at = offset;
  while (rest >= 0x80) {
    bytes[at++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[at++] = rest;
  return at;
}
