import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classShares, userCount, weightedShares, workerCount } from './arbitraries.case.ts';
import { ClassSequence, type ClassShare } from './class-sequence.ts';
import { emptyCluster, spread, unevenness } from './measures.case.ts';
import type { WorkerSequence } from './worker-sequence.ts';

const weights = (...values: number[]): ClassShare[] => values.map((weight) => ({ weight, fixedCount: 0 }));

/** The cluster's distributions while it fills up from empty; the same arrays each time. */
function* fill(classes: readonly ClassShare[], workers: number, users: number): Generator<number[][]> {
  const sequence = new ClassSequence(classes);
  const places = sequence.onWorkers(workers);
  const counts = emptyCluster(workers, classes.length);
  const limit = sequence.limit(users);
  for (let position = 0; position < limit; position++) {
    const row = counts[places.workerOf(position)] as number[];
    const index = sequence.classOf(position);
    row[index] = (row[index] as number) + 1;
    yield counts;
  }
}

/** The worst that the totals, and any class, come to differ between workers. */
function worstOf(fillings: Iterable<number[][]>): { totals: number; classes: number } {
  const worst = { totals: 0, classes: 0 };
  for (const counts of fillings) {
    worst.totals = Math.max(worst.totals, unevenness(counts));
    worst.classes = Math.max(worst.classes, spread(counts));
  }
  return worst;
}

const takeWorkers = (sequence: WorkerSequence, users: number): number[] =>
  Array.from({ length: users }, (_, position) => sequence.workerOf(position));

describe('WorkerSequence', () => {
  it('deals one class to the workers in turn', () => {
    const places = new ClassSequence(weights(1)).onWorkers(3);
    expect(takeWorkers(places, 6)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('gives no worker a single class where classes and workers are as many', () => {
    const [last] = [...fill(weights(1, 1, 1), 3, 9)].slice(-1);
    expect(last).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it('spreads a rare class over all workers', () => {
    const [last] = [...fill(weights(3, 1), 4, 64)].slice(-1);
    expect(last?.map((row) => row[1])).toEqual([4, 4, 4, 4]);
  });

  it('keeps the totals, and each class, within 1 from worker to worker at every length', () => {
    fc.assert(
      fc.property(classShares, workerCount, userCount, (classes, workers, users) => {
        const worst = worstOf(fill(classes, workers, users));
        expect(worst.totals).toBeLessThanOrEqual(1);
        expect(worst.classes).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps both within 1 on many more users than it looks ahead', () => {
    const fillings = fill(weights(0.05, 1, 0.37, 2.2, 3), 7, 20_000);
    expect(worstOf(fillings)).toEqual({ totals: 1, classes: 1 });
  });

  it('lets a rare class be 2 apart for a while where settled users are in the way', () => {
    const classes = weights(0.21, 1.4, 0.061, 7.8, 0.88, 0.18, 0.02, 0.032);
    expect(worstOf(fill(classes, 17, 4_000))).toEqual({ totals: 1, classes: 2 });
    const [last] = [...fill(classes, 17, 4_000)].slice(-1);
    expect(spread(last as number[][])).toBe(1);
  });

  it('is the same however far it was looked at before', () => {
    fc.assert(
      fc.property(weightedShares, workerCount, userCount, (classes, workers, users) => {
        const atOnce = new ClassSequence(classes).onWorkers(workers);
        atOnce.workerOf(users + 5_000);
        const stepByStep = new ClassSequence(classes).onWorkers(workers);
        expect(takeWorkers(stepByStep, users)).toEqual(takeWorkers(atOnce, users));
      }),
      { numRuns: 30 },
    );
  });
});
