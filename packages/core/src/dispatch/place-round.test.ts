import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeRound } from './place-round.ts';

describe('placeRound', () => {
  it('prefers the first workers where all cost the same', () => {
    expect(placeRound([5, 5], [2, 0, 1], () => 0)).toEqual([2, 0]);
  });

  it('gives each class the worker that it costs least on', () => {
    const costs = [
      [3, 0],
      [0, 3],
    ];
    expect(placeRound([0, 1], [0, 1], (worker, index) => costs[worker]?.[index] as number)).toEqual([1, 0]);
  });

  it('leaves out the dearest workers where there are more than users', () => {
    const costs = [4, 1, 3, 0];
    expect(placeRound([0, 0], [0, 1, 2, 3], (worker) => costs[worker] as number)).toEqual([1, 3]);
  });

  it('gives every user another worker of those that take part', () => {
    fc.assert(
      fc.property(rounds, ({ classes, workers, costs }) => {
        const placed = placeRound(classes, workers, costOf(costs));
        expect(placed).toHaveLength(classes.length);
        expect(new Set(placed).size).toBe(classes.length);
        expect(workers).toEqual(expect.arrayContaining(placed));
      }),
    );
  });

  it('leaves no two users that would be better off on each other’s workers', () => {
    fc.assert(
      fc.property(rounds, ({ classes, workers, costs }) => {
        const cost = costOf(costs);
        const placed = placeRound(classes, workers, cost);
        placed.forEach((worker, one) => {
          placed.slice(one + 1).forEach((otherWorker, offset) => {
            const [a, b] = [classes[one] as number, classes[one + 1 + offset] as number];
            const now = cost(worker, a) + cost(otherWorker, b);
            expect(now).toBeLessThanOrEqual(cost(worker, b) + cost(otherWorker, a));
          });
        });
      }),
    );
  });
});

const rounds = fc.integer({ min: 1, max: 8 }).chain((size) =>
  fc.record({
    classes: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: size }),
    workers: fc.shuffledSubarray([...Array.from({ length: 8 }).keys()], { minLength: size, maxLength: size }),
    costs: fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }), {
      minLength: 8,
      maxLength: 8,
    }),
  }),
);

function costOf(costs: readonly (readonly number[])[]): (worker: number, classIndex: number) => number {
  return (worker, classIndex) => costs[worker]?.[classIndex] as number;
}
