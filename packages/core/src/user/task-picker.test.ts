import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { createWeightedPicker } from './task-picker.ts';

const DRAWS = 100_000;

function countDraws(weights: readonly number[], seed: number): number[] {
  const pick = createWeightedPicker(weights, createRandom(seed, 'task'));
  const counts = weights.map(() => 0);
  for (let i = 0; i < DRAWS; i++) {
    const index = pick();
    counts[index] = (counts[index] as number) + 1;
  }
  return counts;
}

describe('createWeightedPicker', () => {
  it.each([[[1, 1]], [[1, 2, 3]], [[0.1, 0.2, 0.7]], [[1, 1_000]], [[5, 0, 5]], [[3, 1, 4, 1, 5, 9, 2, 6]]])(
    'draws %j in proportion',
    (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      countDraws(weights, 1).forEach((count, index) => {
        const share = (weights[index] as number) / total;
        const deviation = Math.sqrt(DRAWS * share * (1 - share));
        expect(Math.abs(count - DRAWS * share)).toBeLessThanOrEqual(5 * deviation);
      });
    },
  );

  it('draws the first choices of 100,000 users in proportion: their streams are independent', () => {
    const weights = [1, 3, 6];
    const counts = [0, 0, 0];
    // How often a choice follows another one at the next user.
    const pairs = new Map<string, number>();
    let before = 0;
    for (let ordinal = 0; ordinal < DRAWS; ordinal++) {
      const index = createWeightedPicker(weights, createRandom(11, 'ApiUser', ordinal, 'task'))();
      counts[index] = (counts[index] as number) + 1;
      const pair = `${before},${index}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      before = index;
    }
    const expectShare = (count: number, share: number): void => {
      expect(Math.abs(count - DRAWS * share)).toBeLessThanOrEqual(5 * Math.sqrt(DRAWS * share * (1 - share)));
    };
    weights.forEach((weight, index) => expectShare(counts[index] as number, weight / 10));
    for (const [a, first] of weights.entries()) {
      for (const [b, second] of weights.entries()) {
        expectShare(pairs.get(`${a},${b}`) ?? 0, (first * second) / 100);
      }
    }
  });

  it('never draws what has no weight', () => {
    expect(countDraws([0, 1, 0], 2)).toEqual([0, DRAWS, 0]);
    expect(createWeightedPicker([0, 1], () => 0)()).toBe(1);
  });

  it('draws nothing to choose from a single task', () => {
    const pick = createWeightedPicker([4], () => {
      throw new Error('no number should be needed');
    });
    expect(pick()).toBe(0);
  });

  it('repeats itself with the same random numbers', () => {
    expect(countDraws([1, 2], 3)).toEqual(countDraws([1, 2], 3));
  });

  it('stays within the tasks at both ends of the random range', () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(weights, (values) => {
        expect(createWeightedPicker(values, () => 0)()).toBe(0);
        expect(createWeightedPicker(values, () => 1 - 2 ** -32)()).toBeLessThan(values.length);
      }),
    );
  });
});
