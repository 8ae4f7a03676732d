import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from './random.ts';

const draw = (random: Random, count: number): number[] => Array.from({ length: count }, random);

/** Sum over cells of (observed - expected)^2 / expected. */
function chiSquared(values: readonly number[], cells: number): number {
  const counts = Array.from({ length: cells }, () => 0);
  for (const value of values) {
    const cell = Math.floor(value * cells);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const expected = values.length / cells;
  return counts.reduce((total, count) => total + (count - expected) ** 2 / expected, 0);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const terms = a.map((value, index) => (value - 0.5) * ((b[index] as number) - 0.5));
  return (12 * terms.reduce((total, term) => total + term, 0)) / a.length;
}

describe('createRandom', () => {
  it('repeats itself for the same seed and parts', () => {
    expect(draw(createRandom(7, 'ApiUser', 3, 'task'), 100)).toEqual(
      draw(createRandom(7, 'ApiUser', 3, 'task'), 100),
    );
  });

  it('gives the numbers that it always gave', () => {
    expect(draw(createRandom(1, 'ApiUser', 0, 'wait'), 3)).toMatchInlineSnapshot(`
      [
        0.9679820926394314,
        0.5887395192403346,
        0.5239759455434978,
      ]
    `);
  });

  it.each([
    ['seed', createRandom(2, 'A', 0, 'task')],
    ['class', createRandom(1, 'B', 0, 'task')],
    ['ordinal', createRandom(1, 'A', 1, 'task')],
    ['purpose', createRandom(1, 'A', 0, 'wait')],
  ])('gives another stream for another %s, unrelated to the first', (_, other) => {
    const [a, b] = [draw(createRandom(1, 'A', 0, 'task'), 20_000), draw(other, 20_000)];
    expect(a.filter((value, index) => value === b[index])).toHaveLength(0);
    // Five standard deviations.
    expect(Math.abs(correlation(a, b))).toBeLessThan(5 / Math.sqrt(20_000));
  });

  it('is uniform over [0, 1)', () => {
    const values = draw(createRandom(42), 100_000);
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1);
    // 99 degrees of freedom: mean 99, standard deviation 14.
    expect(chiSquared(values, 100)).toBeLessThan(99 + 5 * 14);
  });

  it('is uniform over the first numbers of many streams, as users draw them', () => {
    const values = Array.from({ length: 100_000 }, (_, ordinal) => createRandom(1, 'A', ordinal, 'task')());
    expect(chiSquared(values, 100)).toBeLessThan(99 + 5 * 14);
  });

  it('has no link from one number to the next', () => {
    const values = draw(createRandom(3), 100_000);
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(5 / Math.sqrt(99_999));
  });
});
