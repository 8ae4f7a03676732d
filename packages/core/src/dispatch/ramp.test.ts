import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveDueUs, movesDue } from './ramp.ts';

const rates = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }),
  fc.double({ min: 1e-4, max: 1e7, noNaN: true }),
  fc.integer({ min: 1, max: 1_000 }).map((perThousand) => perThousand / 1_000),
);

describe('a ramp', () => {
  it('makes its first move at once and the rest evenly spaced', () => {
    expect([0, 1, 2, 10].map((index) => moveDueUs(index, 10))).toEqual([0, 100_000, 200_000, 1_000_000]);
  });

  it('counts the moves that are due', () => {
    expect([-1, 0, 99_999, 100_000, 1_000_000].map((us) => movesDue(us, 10))).toEqual([0, 1, 1, 2, 11]);
  });

  it('makes all moves at once where it may', () => {
    expect(moveDueUs(1_000, 'all')).toBe(0);
    expect(movesDue(0, 'all')).toBe(Number.POSITIVE_INFINITY);
    expect(movesDue(-1, 'all')).toBe(0);
  });

  it('takes a rate below 1 as seconds for each move', () => {
    expect(moveDueUs(3, 0.1)).toBe(30_000_000);
    expect(movesDue(29_999_999, 0.1)).toBe(3);
    expect(movesDue(30_000_000, 0.1)).toBe(4);
  });

  it('agrees with itself on every step, at any rate', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 1_000_000 }), (rate, index) => {
        const dueUs = moveDueUs(index, rate);
        // Exact for the first 285 years.
        fc.pre(Number.isSafeInteger(dueUs));
        expect(Number.isInteger(dueUs)).toBe(true);
        expect(movesDue(dueUs, rate)).toBeGreaterThan(index);
        expect(movesDue(dueUs - 1, rate)).toBeLessThanOrEqual(index);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps to the rate, within one move', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 3_600_000_000 }), (rate, elapsedUs) => {
        const expected = (elapsedUs * rate) / 1e6;
        expect(Math.abs(movesDue(elapsedUs, rate) - expected)).toBeLessThanOrEqual(1 + 1e-9 * expected);
      }),
    );
  });
});
