import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../problem-of.case.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

describe('ByteReader', () => {
  it('reads what ByteWriter wrote, at every size of number', () => {
    const edges = [0, 7, 14, 21, 28, 31, 32, 35, 42, 49, 53].flatMap((bits) => [2 ** bits - 1, 2 ** bits]);
    const number = fc.oneof(fc.maxSafeNat(), fc.constantFrom(...edges.slice(0, -1)), fc.nat(200));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 600, size: 'max' }), (numbers) => {
        const writer = new ByteWriter();
        for (const value of numbers) writer.writeVarint(value);
        const reader = new ByteReader(writer.toBytes());
        expect(numbers.map(() => reader.readVarint())).toEqual(numbers);
        expect(reader.remaining).toBe(0);
      }),
    );
  });

  it('refuses a number above what the place allows', () => {
    const writer = new ByteWriter();
    writer.writeVarint(300);
    expect(new ByteReader(writer.toBytes()).readVarint(300)).toBe(300);
    expect(problemOf(() => new ByteReader(writer.toBytes()).readVarint(299))).toContain('at most 299');
  });
});

describe('ByteWriter', () => {
  it('uses one byte up to 127, two up to 16,383', () => {
    const lengthOf = (value: number): number => {
      const writer = new ByteWriter();
      writer.writeVarint(value);
      return writer.toBytes().length;
    };
    expect([0, 127, 128, 16_383, 16_384, Number.MAX_SAFE_INTEGER].map(lengthOf)).toEqual([1, 1, 2, 2, 3, 8]);
  });
});
