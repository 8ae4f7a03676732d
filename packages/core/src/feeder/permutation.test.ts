import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPermutation } from './permutation.ts';

const list = (size: number, seed: number, ...parts: readonly (string | number)[]): number[] =>
  Array.from({ length: size }, (_, i) => i).map(createPermutation(size, seed, ...parts));

describe('a permutation', () => {
  it('has every number exactly once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(), (size, seed) => {
        expect(new Set(list(size, seed)).size).toBe(size);
        expect(Math.max(...list(size, seed))).toBe(size - 1);
      }),
    );
  });

  it('is the same for the same seed and parts, and another one for others', () => {
    expect(list(1_000, 7, 'a')).toEqual(list(1_000, 7, 'a'));
    expect(list(1_000, 7, 'a')).not.toEqual(list(1_000, 8, 'a'));
    expect(list(1_000, 7, 'a')).not.toEqual(list(1_000, 7, 'b'));
  });

  it('takes all six orders of three things about equally often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6_000; seed++) {
      const order = list(3, seed).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  });

  it('leaves few numbers where they were or beside their neighbour', () => {
    const order = list(10_000, 3);
    expect(order.filter((value, i) => value === i).length).toBeLessThan(15);
    expect(order.filter((value, i) => value === (order[i - 1] ?? 0) + 1).length).toBeLessThan(15);
  });

  it('stays in range for more things than 32 bits count', () => {
    const size = 2 ** 34 + 1;
    const permute = createPermutation(size, 5);
    const values = Array.from({ length: 1_000 }, (_, i) => permute(i));
    expect(new Set(values).size).toBe(1_000);
    expect(values.every((value) => value >= 0 && value < size)).toBe(true);
    expect(values.some((value) => value > 2 ** 33)).toBe(true);
  });
});
