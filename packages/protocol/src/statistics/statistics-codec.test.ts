import { BUCKET_COUNT, createCounts, EMPTY_HISTOGRAM, type SparseHistogram } from '@loadts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findProblem, problemOf } from '../problem-of.case.ts';
import { ByteWriter } from './byte-writer.ts';
import { anyStatistics, entryOf, histogramOf } from './records.case.ts';
import { decodeStatistics, type EntryRecord, encodeStatistics } from './statistics-codec.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('statistics', () => {
  it('arrive as they were sent', () => {
    fc.assert(
      fc.property(anyStatistics, (record) => {
        expect(decodeStatistics(encodeStatistics(record))).toEqual(record);
      }),
    );
  });

  it('arrive with the largest numbers that can be', () => {
    const counts = { ...createCounts(), started: MAX, aborted: MAX, bytesReceived: MAX };
    const latency = EMPTY_HISTOGRAM;
    const record = {
      generatorDelay: histogramOf([0, 3.6e9]),
      entries: [{ entryId: 100_000, counts, latency }],
    };
    expect(decodeStatistics(encodeStatistics(record))).toEqual(record);
  });

  it('arrive with every bucket in use', () => {
    const full = histogramOf(Array.from({ length: 3_600 }, (_, i) => i * 1_000_000));
    const record = { generatorDelay: full, entries: [entryOf(0, [1, 2, 3])] };
    expect(decodeStatistics(encodeStatistics(record))).toEqual(record);
  });

  it('are refused at every length but their own', () => {
    fc.assert(
      fc.property(anyStatistics, fc.nat(), (record, cut) => {
        const bytes = encodeStatistics(record);
        expect(problemOf(() => decodeStatistics(bytes.subarray(0, cut % bytes.length)))).toMatch(
          /statistics|histogram|entry/,
        );
        expect(problemOf(() => decodeStatistics(Buffer.concat([bytes, Uint8Array.of(cut & 255)])))).toMatch(
          /statistics|histogram|entry/,
        );
      }),
    );
  });

  it('are refused where an entry is there twice', () => {
    const entries = [entryOf(3, [5]), entryOf(4, [5]), entryOf(3, [7])];
    expect(problemOf(() => decode(entries))).toBe('entry 3 is there twice');
  });

  it('are refused where times and outcomes do not add up', () => {
    const { latency, counts } = entryOf(0, [5, 6]);
    for (const wrong of [{ ok: 1 }, { httpError: 1 }, { ok: 0 }, { ok: 0, aborted: 2 }]) {
      expect(problemOf(() => decode([{ entryId: 0, latency, counts: { ...counts, ...wrong } }]))).toContain(
        'times for',
      );
    }
    expect(problemOf(() => decode([{ entryId: 0, latency, counts: { ...counts, retried: 3 } }]))).toContain(
      'retries',
    );
  });

  it('are refused where more requests were sent than ended', () => {
    const entry = entryOf(0, [5, 6]);
    expect(() => decode([{ ...entry, service: histogramOf([5, 6]) }])).not.toThrow();
    expect(problemOf(() => decode([{ ...entry, service: histogramOf([5, 6, 7]) }]))).toBe(
      'entry 0 has 3 service times for 2 requests',
    );
  });

  it('are refused where more answers began than requests ended', () => {
    const entry = { ...entryOf(0, [5, 6]), service: histogramOf([1]) };
    expect(() => decode([{ ...entry, ttfb: histogramOf([5, 6]) }])).not.toThrow();
    expect(problemOf(() => decode([{ ...entry, ttfb: histogramOf([5, 6, 7]) }]))).toBe(
      'entry 0 has 3 times to the first byte for 2 requests',
    );
  });

  it.each<[string, Partial<SparseHistogram>]>([
    ['a minimum above the maximum', { minUs: 101 }],
    ['a maximum below the minimum', { maxUs: 9 }],
    ['a sum that is too small', { sumUs: 29 }],
    ['a sum that is too large', { sumUs: 301 }],
    ['an empty bucket', { counts: Uint32Array.of(1, 0, 2) }],
    ['a bucket twice', { indexes: Uint16Array.of(10, 50, 50) }],
    ['buckets out of order', { indexes: Uint16Array.of(10, 100, 50) }],
    ['a bucket beyond the last', { indexes: Uint16Array.of(10, 50, BUCKET_COUNT) }],
    ['a time beyond an hour', { maxUs: 3_600_000_001, sumUs: 3_600_000_100 }],
  ])('are refused with a histogram of %s', (_, wrong) => {
    const right = histogramOf([10, 50, 100]);
    const encode = (generatorDelay: SparseHistogram): Uint8Array =>
      encodeStatistics({ generatorDelay, entries: [] });
    expect(decodeStatistics(encode(right)).generatorDelay).toEqual(right);
    expect(problemOf(() => decodeStatistics(encode({ ...right, ...wrong })))).toMatch(
      /statistics|histogram|entry/,
    );
  });

  it.each([
    ['buckets', [BUCKET_COUNT, 1, 1, 1, 0, 1]],
    ['more buckets than there are', [BUCKET_COUNT + 1, 1, 1, 1]],
    ['entries', [0, 200_000]],
    ['more entries than allowed', [0, 200_002]],
    ['an entry number beyond the last', [0, 2, 100_001, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['numbers', [MAX]],
  ])('are refused where few bytes claim many %s, without building them', (_, numbers) => {
    const writer = new ByteWriter();
    for (const number of numbers) writer.writeVarint(number);
    const bytes = writer.toBytes();
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 100; i++)
      expect(problemOf(() => decodeStatistics(bytes))).toMatch(/statistics|histogram|entry/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('are refused with a number of more than 53 bits', () => {
    expect(problemOf(() => decodeStatistics(Uint8Array.of(...Array(7).fill(0xff), 0x0f)))).toMatch(
      /statistics|histogram|entry/,
    );
    expect(problemOf(() => decodeStatistics(Buffer.alloc(20, 0xff)))).toMatch(/statistics|histogram|entry/);
    expect(problemOf(() => decodeStatistics(Buffer.alloc(20, 0x80)))).toMatch(/statistics|histogram|entry/);
  });

  it('meet 20,000 random and mutated messages with nothing but MESSAGE_INVALID', () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    const mutated = fc
      .tuple(anyStatistics.map(encodeStatistics), fc.array(change, { minLength: 1, maxLength: 3 }))
      .map(([bytes, changes]) => {
        for (const [position, value] of changes) bytes[position % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        expect(() => findProblem(() => decodeStatistics(bytes))).not.toThrow();
      }),
      { numRuns: 20_000 },
    );
  }, 30_000);
});

function decode(entries: readonly EntryRecord[]): unknown {
  return decodeStatistics(encodeStatistics({ generatorDelay: EMPTY_HISTOGRAM, entries }));
}
