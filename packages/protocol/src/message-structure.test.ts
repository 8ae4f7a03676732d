import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { checkStructure } from './message-structure.ts';
import { findProblem, problemOf } from './problem-of.case.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true });
const records = new Packr({ useRecords: true });
const structured = new Packr({ useRecords: false, structuredClone: true, moreTypes: true });

describe('checkStructure', () => {
  it('accepts all plain data as msgpackr writes it', () => {
    const plain = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.oneof(
          fc.constantFrom(null, true, false),
          fc.maxSafeInteger(),
          fc.integer({ min: -70_000, max: 70_000 }),
          fc.double(),
          fc.string({ maxLength: 40 }),
          fc.string({ minLength: 250, maxLength: 300, unit: 'binary' }),
          fc.uint8Array({ maxLength: 300 }),
          fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        ),
        fc.array(tie('value'), { maxLength: 8 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 8 }),
      ),
    })).value;
    fc.assert(
      fc.property(plain, (value) => {
        expect(findProblem(() => checkStructure(packr.pack(value)))).toBeUndefined();
      }),
    );
  });

  it('accepts long texts, lists and bytes', () => {
    for (const length of [31, 32, 255, 256, 65_535, 65_536]) {
      for (const value of ['x'.repeat(length), Array(length).fill(1), new Uint8Array(length)]) {
        expect(findProblem(() => checkStructure(packr.pack(value)))).toBeUndefined();
      }
    }
  });

  it('sees the end in the middle of a larger buffer', () => {
    const bytes = packr.pack({ type: 'ping' });
    const larger = Buffer.concat([Buffer.alloc(7, 0xc1), bytes, Buffer.alloc(7, 0xc1)]);
    expect(findProblem(() => checkStructure(larger.subarray(7, 7 + bytes.length)))).toBeUndefined();
    expect(problemOf(() => checkStructure(larger.subarray(7, 6 + bytes.length)))).toContain('too early');
    expect(problemOf(() => checkStructure(larger.subarray(7, 8 + bytes.length)))).toContain(
      '1 bytes too many',
    );
  });

  it.each([
    ['a date', packr.pack([new Date()])],
    ['a far date', packr.pack([new Date(8.64e15)])],
    ['undefined', packr.pack([undefined])],
    ['a large bigint', structured.pack([2n ** 70n])],
    ['a regular expression', structured.pack([/x/])],
    ['a set', structured.pack([new Set([1])])],
    ['an error', structured.pack([new Error('x')])],
    ['a typed array', structured.pack([new Float64Array(2)])],
    ['a class of its own', records.pack([{ a: 1 }])],
  ])('refuses %s', (_, bytes) => {
    expect(problemOf(() => checkStructure(bytes))).toMatch(/holds something of type 0x(c[789]|d[4-8])/);
  });

  it('refuses the byte that no value begins with', () => {
    expect(problemOf(() => checkStructure(Uint8Array.of(0xc1)))).toMatch(/^a message is not readable/);
  });

  it('refuses nothing at all', () => {
    expect(problemOf(() => checkStructure(new Uint8Array(0)))).toMatch(/^a message is not readable/);
  });

  it('refuses what is nested too deeply', () => {
    expect(findProblem(() => checkStructure(packr.pack([[[[[1]]]]])))).toBeUndefined();
    expect(problemOf(() => checkStructure(packr.pack([[[[[[1]]]]]])))).toContain('too deeply');
    for (const token of [0x91, 0x81]) {
      expect(problemOf(() => checkStructure(Buffer.alloc(4_000_000, token)))).toMatch(
        /^a message is not readable/,
      );
    }
  });

  it('refuses maps of more fields than any message has', () => {
    const fields = Array.from({ length: 65 }, (_, i) => [`field${i}`, i]);
    expect(problemOf(() => checkStructure(packr.pack(Object.fromEntries(fields))))).toContain(
      'too many fields',
    );
  });

  it.each([
    ['list', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['list of 32 million', [0xdd, 0x02, 0x00, 0x00, 0x00, 0xdd, 0x02, 0x00, 0x00, 0x00]],
    ['map', [0xdf, 0, 0, 0, 60]],
    ['text', [0xdb, 0xff, 0xff, 0xff, 0xff]],
    ['run of bytes', [0xc6, 0xff, 0xff, 0xff, 0xff]],
    ['number', [0xcb, 1]],
    ['length', [0xdd, 1]],
  ])('refuses a %s that is longer than the message', (_, bytes) => {
    expect(problemOf(() => checkStructure(Uint8Array.from(bytes)))).toContain('too early');
  });
});
