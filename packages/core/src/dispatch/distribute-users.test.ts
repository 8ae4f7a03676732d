import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classShares, userCount, weightedShares, workerCount } from './arbitraries.case.ts';
import { type Assignment, countClasses, sum } from './assignment.ts';
import { ClassSequence, type ClassShare } from './class-sequence.ts';
import { distributeUsers } from './distribute-users.ts';
import { countStops, countUsers, emptyCluster, spread, states, unevenness } from './measures.case.ts';
import { applyMoves, type Move } from './move.ts';

const weights = (...values: number[]): ClassShare[] => values.map((weight) => ({ weight, fixedCount: 0 }));

const ramps = fc.array(fc.record({ users: userCount, done: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  minLength: 1,
  maxLength: 6,
});

interface Ramp {
  readonly before: readonly Assignment[];
  readonly users: number;
  readonly moves: readonly Move[];
}

/** Ramps on the same workers; each begins where the last one had got to. */
function* run(
  sequence: ClassSequence,
  cluster: readonly Assignment[],
  plan: readonly { readonly users: number; readonly done: number }[],
): Generator<Ramp> {
  let before = cluster;
  for (const { users, done } of plan) {
    const moves = distributeUsers({ before, users, sequence });
    yield { before, users, moves };
    before = applyMoves(before, moves, Math.round(done * moves.length));
  }
}

describe('distributeUsers', () => {
  it('gives no worker a single class where 3 equal classes run on 3 workers', () => {
    const sequence = new ClassSequence(weights(1, 1, 1));
    const moves = distributeUsers({ before: emptyCluster(3, 3), users: 9, sequence });
    expect(applyMoves(emptyCluster(3, 3), moves)).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it('shares 3 to 1 over 4 workers so that each has some of both', () => {
    const sequence = new ClassSequence(weights(3, 1));
    const moves = distributeUsers({ before: emptyCluster(4, 2), users: 16, sequence });
    expect(applyMoves(emptyCluster(4, 2), moves)).toEqual([
      [3, 1],
      [3, 1],
      [3, 1],
      [3, 1],
    ]);
  });

  it('makes no move where nothing changed', () => {
    const sequence = new ClassSequence(weights(2, 1));
    const moves = distributeUsers({ before: emptyCluster(3, 2), users: 10, sequence });
    const before = applyMoves(emptyCluster(3, 2), moves);
    expect(distributeUsers({ before, users: 10, sequence })).toEqual([]);
  });

  it('makes no move without workers', () => {
    expect(distributeUsers({ before: [], users: 10, sequence: new ClassSequence(weights(1)) })).toEqual([]);
  });

  it('stops at the fixed counts where there is nothing else', () => {
    const sequence = new ClassSequence([{ weight: 1, fixedCount: 3 }]);
    expect(distributeUsers({ before: [[0], [0]], users: 10, sequence })).toHaveLength(3);
    expect(distributeUsers({ before: [[2], [2]], users: 10, sequence })).toHaveLength(1);
  });

  it('drains last in, first out', () => {
    const sequence = new ClassSequence(weights(2, 1));
    const up = distributeUsers({ before: emptyCluster(3, 2), users: 10, sequence });
    const down = distributeUsers({ before: applyMoves(emptyCluster(3, 2), up), users: 0, sequence });
    expect(down).toEqual(up.toReversed().map((move) => ({ ...move, kind: 'stop' })));
  });

  it('starts the users with a fixed count before all others', () => {
    fc.assert(
      fc.property(classShares, workerCount, userCount, (classes, workers, users) => {
        const fixed = sum(classes.map((share) => share.fixedCount));
        const sequence = new ClassSequence(classes);
        const moves = distributeUsers({ before: emptyCluster(workers, classes.length), users, sequence });
        const first = moves.slice(0, fixed).map((move) => classes[move.classIndex]?.fixedCount);
        const rest = moves.slice(fixed).map((move) => classes[move.classIndex]?.fixedCount);
        expect(first).not.toContain(0);
        expect(new Set(rest).size).toBeLessThanOrEqual(1);
        expect(rest[0] ?? 0).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('stops nobody on the way up and starts nobody on the way down', () => {
    fc.assert(
      fc.property(classShares, workerCount, ramps, (classes, workers, plan) => {
        const sequence = new ClassSequence(classes);
        for (const { before, users, moves } of run(sequence, emptyCluster(workers, classes.length), plan)) {
          const difference = sequence.limit(users) - countUsers(before);
          expect(moves).toHaveLength(Math.abs(difference));
          expect(countStops(moves)).toBe(Math.max(0, -difference));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the class totals exact at every step of every ramp', () => {
    fc.assert(
      fc.property(classShares, workerCount, ramps, (classes, workers, plan) => {
        const sequence = new ClassSequence(classes);
        for (const { before, moves } of run(sequence, emptyCluster(workers, classes.length), plan)) {
          for (const counts of states(before, moves)) {
            expect(countClasses(counts, classes.length)).toEqual(sequence.counts(countUsers(counts)));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the totals, and each class, within 1 from worker to worker at every step of every ramp', () => {
    fc.assert(
      fc.property(classShares, workerCount, ramps, (classes, workers, plan) => {
        const sequence = new ClassSequence(classes);
        const worst = { totals: 0, classes: 0 };
        for (const { before, moves } of run(sequence, emptyCluster(workers, classes.length), plan)) {
          for (const counts of states(before, moves)) {
            worst.totals = Math.max(worst.totals, unevenness(counts));
            worst.classes = Math.max(worst.classes, spread(counts));
          }
        }
        expect(worst.totals).toBeLessThanOrEqual(1);
        expect(worst.classes).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same moves on a machine that has seen other ramps', () => {
    fc.assert(
      fc.property(weightedShares, workerCount, ramps, userCount, (classes, workers, plan, users) => {
        const travelled = new ClassSequence(classes);
        const last = [...run(travelled, emptyCluster(workers, classes.length), plan)].at(-1) as Ramp;
        const fresh = new ClassSequence(classes);
        expect(distributeUsers({ before: last.before, users, sequence: fresh })).toEqual(
          distributeUsers({ before: last.before, users, sequence: travelled }),
        );
      }),
      { numRuns: 50 },
    );
  });
});
