import { describe, expect, it } from 'vitest';
import { countClasses, sum } from './assignment.ts';

describe('sum', () => {
  it('adds up counts, none being 0', () => {
    expect(sum([1, 2, 3])).toBe(6);
    expect(sum([])).toBe(0);
  });
});

describe('countClasses', () => {
  it('counts the users of each class over all workers', () => {
    expect(
      countClasses(
        [
          [1, 2],
          [3, 4],
          [0, 1],
        ],
        2,
      ),
    ).toEqual([4, 7]);
  });

  it('is 0 for each class where there is no worker', () => {
    expect(countClasses([], 2)).toEqual([0, 0]);
  });
});
