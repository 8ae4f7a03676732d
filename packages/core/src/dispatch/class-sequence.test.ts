import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classShares, userCount, weightedShares } from './arbitraries.case.ts';
import { sum } from './assignment.ts';
import { ClassSequence, type ClassShare } from './class-sequence.ts';

const take = (classes: readonly ClassShare[], users: number): number[] => {
  const sequence = new ClassSequence(classes);
  return Array.from({ length: sequence.limit(users) }, (_, position) => sequence.classOf(position));
};
const weights = (...values: number[]): ClassShare[] => values.map((weight) => ({ weight, fixedCount: 0 }));

describe('ClassSequence', () => {
  it('deals equal classes in turn', () => {
    expect(take(weights(1, 1, 1), 6)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('spaces a rare class evenly', () => {
    expect(take(weights(3, 1), 8).join('')).toMatch(/^(0*10*){2}$/);
    expect(new ClassSequence(weights(3, 1)).counts(8)).toEqual([6, 2]);
  });

  it('deals fixed counts first and in turn, whatever the weight beside them', () => {
    const classes = [
      { weight: 1, fixedCount: 0 },
      { weight: 9, fixedCount: 2 },
      { weight: 0, fixedCount: 3 },
    ];
    expect(take(classes, 8)).toEqual([1, 2, 1, 2, 2, 0, 0, 0]);
  });

  it('ends where every class has a fixed count', () => {
    const sequence = new ClassSequence([
      { weight: 1, fixedCount: 2 },
      { weight: 1, fixedCount: 1 },
    ]);
    expect(sequence.limit(10)).toBe(3);
    expect(sequence.limit(2)).toBe(2);
    expect(sequence.counts(10)).toEqual([2, 1]);
  });

  it('gives no user to a class without weight', () => {
    expect(new ClassSequence(weights(0, 2, 0)).counts(50)).toEqual([0, 50, 0]);
  });

  it('shares out by weights of any size', () => {
    expect(new ClassSequence(weights(1e308, 1e308)).counts(10)).toEqual([5, 5]);
    expect(new ClassSequence(weights(1e-300, 3e-300)).counts(8)).toEqual([2, 6]);
  });

  it('is right at once and far out where the weights are no exact floats', () => {
    const counts = new ClassSequence(weights(0.1, 0.2, 0.7)).counts(100_000);
    expect(counts).toEqual([10_000, 20_000, 70_000]);
  });

  it('deals by tenths as by whole numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }), (whole) => {
        const tenths = whole.map((weight) => weight / 10);
        expect(take(weights(...tenths), 500)).toEqual(take(weights(...whole), 500));
      }),
    );
    expect(take(weights(0.3, 0.3, 0.4), 10)).toEqual(take(weights(3, 3, 4), 10));
  });

  it('keeps each class within 1 of its quota at every length, and shrinks none', () => {
    fc.assert(
      fc.property(weightedShares, fc.integer({ min: 1, max: 2_000 }), (classes, users) => {
        const total = sum(classes.map((share) => share.weight));
        const counts = classes.map(() => 0);
        let farthest = 0;
        take(classes, users).forEach((index, position) => {
          counts[index] = (counts[index] as number) + 1;
          classes.forEach(({ weight }, at) => {
            const quota = ((position + 1) * weight) / total;
            farthest = Math.max(farthest, Math.abs((counts[at] as number) - quota));
          });
        });
        expect(farthest).toBeLessThan(1 + 1e-6);
      }),
    );
  });

  it('fills the fixed counts exactly before it looks at weights', () => {
    fc.assert(
      fc.property(classShares, userCount, (classes, users) => {
        const fixed = sum(classes.map((share) => share.fixedCount));
        const counts = new ClassSequence(classes).counts(fixed + users);
        classes.forEach((share, index) => {
          if (share.fixedCount > 0) expect(counts[index]).toBe(share.fixedCount);
        });
        expect(sum(new ClassSequence(classes).counts(fixed))).toBe(fixed);
      }),
    );
  });

  it('counts the users that it names', () => {
    fc.assert(
      fc.property(classShares, userCount, (classes, users) => {
        const named = take(classes, users);
        const counts = classes.map((_, index) => named.filter((other) => other === index).length);
        expect(new ClassSequence(classes).counts(users)).toEqual(counts);
      }),
    );
  });

  it('keeps the sequence of workers until their number changes', () => {
    const sequence = new ClassSequence(weights(1));
    const two = sequence.onWorkers(2);
    expect(sequence.onWorkers(2)).toBe(two);
    expect(sequence.onWorkers(3)).not.toBe(two);
    expect(sequence.onWorkers(3).count).toBe(3);
  });
});
