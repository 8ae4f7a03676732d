import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowOrder } from './row-order.ts';

const take = (count: number, rowAt: (place: number) => number): number[] =>
  Array.from({ length: count }, (_, place) => rowAt(place));
const all = (rows: number): number[] => Array.from({ length: rows }, (_, row) => row);

describe('the order of rows', () => {
  it('is that of the file, again and again, where it is sequential', () => {
    const { length, rowAt } = createRowOrder({ order: 'sequential', onEnd: 'wrap' }, 3, 1, 0);
    expect(length).toBe(Number.POSITIVE_INFINITY);
    expect(take(7, rowAt)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  it.each(['sequential', 'shuffled', 'unique'] as const)('has an end after the last row: %s', (order) => {
    const { length, rowAt } = createRowOrder({ order, onEnd: 'stop' }, 50, 1, 0);
    expect(length).toBe(50);
    expect(take(50, rowAt).sort((a, b) => a - b)).toEqual(all(50));
  });

  it('has every row once in each pass, in another order each time, where it is shuffled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 500 }), fc.nat(), (rows, seed) => {
        const { rowAt } = createRowOrder({ order: 'shuffled', onEnd: 'wrap' }, rows, seed, 0);
        const places = take(2 * rows, rowAt);
        const [first, second] = [places.slice(0, rows), places.slice(rows)];
        expect([...first].sort((a, b) => a - b)).toEqual(all(rows));
        expect([...second].sort((a, b) => a - b)).toEqual(all(rows));
        expect(first).not.toEqual(second);
      }),
    );
  });

  it('repeats rows and misses none for long where it is random', () => {
    const { length, rowAt } = createRowOrder({ order: 'random', onEnd: 'wrap' }, 10, 1, 0);
    const rows = take(300, rowAt);
    expect(length).toBe(Number.POSITIVE_INFINITY);
    expect([...new Set(rows)].sort((a, b) => a - b)).toEqual(all(10));
    expect(new Set(rows.slice(0, 10)).size).toBeLessThan(10);
  });

  it.each(['random', 'shuffled'] as const)('depends on the seed and the feeder only: %s', (order) => {
    const ordered = (seed: number, index: number) =>
      createRowOrder({ order, onEnd: 'wrap' }, 100, seed, index).rowAt;
    const backwards = ordered(1, 0);
    const rows = all(250)
      .reverse()
      .map((place) => backwards(place));
    expect(rows.reverse()).toEqual(take(250, ordered(1, 0)));
    expect(take(250, ordered(2, 0))).not.toEqual(take(250, ordered(1, 0)));
    expect(take(250, ordered(1, 1))).not.toEqual(take(250, ordered(1, 0)));
  });
});
