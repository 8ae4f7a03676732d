import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classShares, userCount, weightedShares } from './arbitraries.case.ts';
import { type Assignment, countClasses, sum } from './assignment.ts';
import { ClassSequence, type ClassShare } from './class-sequence.ts';
import { distributeUsers } from './distribute-users.ts';
import { countStops, countUsers, emptyCluster, spread, states, unevenness } from './measures.case.ts';
import { applyMoves, type Move } from './move.ts';
import { rearrangeUsers } from './rearrange-users.ts';

const weights = (...values: number[]): ClassShare[] => values.map((weight) => ({ weight, fixedCount: 0 }));

const workersBefore = fc.integer({ min: 2, max: 12 });

/** Any distribution over 1 to 12 workers, however uneven. */
const anyCluster = (classes: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: classes, maxLength: classes }), {
    minLength: 1,
    maxLength: 12,
  });

const anyChange = classShares.chain((classes) =>
  fc.record({ classes: fc.constant(classes), before: anyCluster(classes.length), users: userCount }),
);

function distribute(before: readonly Assignment[], users: number, sequence: ClassSequence): Assignment[] {
  return applyMoves(before, distributeUsers({ before, users, sequence }));
}

/** What the other workers have when one of a cluster that filled up from empty is lost. */
function loseWorker(classes: readonly ClassShare[], workers: number, users: number): Assignment[] {
  const sequence = new ClassSequence(classes);
  return distribute(emptyCluster(workers, classes.length), users, sequence).slice(1);
}

/** Fewest users that have to leave their workers for even totals. */
function fewestRelocations(before: readonly Assignment[]): number {
  const totals = before.map(sum);
  const users = sum(totals);
  const base = Math.floor(users / totals.length);
  const above = totals.filter((total) => total > base);
  return sum(above.map((total) => total - base)) - Math.min(above.length, users % totals.length);
}

describe('rearrangeUsers', () => {
  it('makes room for another class: one stops before its replacement starts', () => {
    const moves = rearrangeUsers([[2, 0]], 2, new ClassSequence(weights(1, 1)));
    expect(moves).toEqual([
      { kind: 'stop', worker: 0, classIndex: 0 },
      { kind: 'start', worker: 0, classIndex: 1 },
    ]);
  });

  it('makes room on the fullest worker with most of the class, and starts where there is least of the other', () => {
    const before = [
      [2, 0],
      [0, 1],
      [1, 0],
    ];
    const moves = rearrangeUsers(before, 4, new ClassSequence(weights(1, 1)));
    expect(moves).toEqual([
      { kind: 'stop', worker: 0, classIndex: 0 },
      { kind: 'start', worker: 0, classIndex: 1 },
    ]);
  });

  it('evens out a class by what it starts and by what it stops', () => {
    const sequence = new ClassSequence(weights(1, 1));
    const narrow = [
      [2, 0],
      [0, 2],
    ];
    expect(applyMoves(narrow, rearrangeUsers(narrow, 6, sequence))).toEqual([
      [2, 1],
      [1, 2],
    ]);
    const wide = [
      [3, 1],
      [1, 3],
    ];
    expect(applyMoves(wide, rearrangeUsers(wide, 6, sequence))).toEqual([
      [2, 1],
      [1, 2],
    ]);
  });

  it('rather stops the last user of a class on a worker than to relocate one', () => {
    const before = [
      [10, 1, 0],
      [1, 0, 10],
    ];
    const sequence = new ClassSequence([...weights(11, 1), { weight: 1, fixedCount: 10 }]);
    expect(applyMoves(before, rearrangeUsers(before, 20, sequence))).toEqual([
      [10, 0, 0],
      [0, 0, 10],
    ]);
  });

  it('relocates a user first where only a less full worker has the class that has to go', () => {
    const before = [
      [0, 1],
      [2, 0],
      [1, 0],
    ];
    expect(rearrangeUsers(before, 3, new ClassSequence(weights(3, 1)))).toEqual([
      { kind: 'stop', worker: 1, classIndex: 0 },
      { kind: 'start', worker: 0, classIndex: 0 },
      { kind: 'stop', worker: 0, classIndex: 1 },
    ]);
  });

  it('relocates a user afterwards where the worker that has the class is as full', () => {
    const before = [
      [2, 0],
      [0, 2],
    ];
    const sequence = new ClassSequence([
      { weight: 1, fixedCount: 2 },
      { weight: 1, fixedCount: 0 },
    ]);
    expect(rearrangeUsers(before, 2, sequence)).toEqual([
      { kind: 'stop', worker: 1, classIndex: 1 },
      { kind: 'stop', worker: 0, classIndex: 0 },
      { kind: 'start', worker: 1, classIndex: 0 },
      { kind: 'stop', worker: 1, classIndex: 1 },
    ]);
  });

  it('gives a new worker its share and moves no more users than that takes', () => {
    const moves = rearrangeUsers(
      [
        [3, 3],
        [3, 3],
        [0, 0],
      ],
      12,
      new ClassSequence(weights(1, 1)),
    );
    expect(countStops(moves)).toBe(4);
    expect(
      applyMoves(
        [
          [3, 3],
          [3, 3],
          [0, 0],
        ],
        moves,
      ),
    ).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
  });

  it('fills a new worker by a ramp alone where that is enough', () => {
    const moves = rearrangeUsers(
      [
        [2, 2],
        [2, 2],
        [0, 0],
      ],
      12,
      new ClassSequence(weights(1, 1)),
    );
    expect(countStops(moves)).toBe(0);
    expect(
      applyMoves(
        [
          [2, 2],
          [2, 2],
          [0, 0],
        ],
        moves,
      ),
    ).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
  });

  it('ends with exact classes and even totals, whatever it began with', () => {
    fc.assert(
      fc.property(anyChange, ({ classes, before, users }) => {
        const sequence = new ClassSequence(classes);
        const after = applyMoves(before, rearrangeUsers(before, users, sequence));
        expect(countClasses(after, classes.length)).toEqual(sequence.counts(users));
        expect(unevenness(after)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('never runs more users, of all or of a class, than before or wanted', () => {
    fc.assert(
      fc.property(anyChange, ({ classes, before, users }) => {
        const sequence = new ClassSequence(classes);
        const wanted = sequence.counts(users);
        const most = countClasses(before, classes.length).map((count, index) =>
          Math.max(count, wanted[index] as number),
        );
        const mostUsers = Math.max(countUsers(before), sum(wanted));
        for (const counts of states(before, rearrangeUsers(before, users, sequence))) {
          expect(countUsers(counts)).toBeLessThanOrEqual(mostUsers);
          const exceeded = countClasses(counts, classes.length).some(
            (n, index) => n > (most[index] as number),
          );
          expect(exceeded).toBe(false);
          expect(Math.min(...counts.flat())).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('moves as few users as possible when a worker joins', () => {
    fc.assert(
      fc.property(weightedShares, workersBefore, userCount, (classes, workers, users) => {
        const sequence = new ClassSequence(classes);
        const filled = distribute(emptyCluster(workers, classes.length), users, sequence);
        const before = [...filled, classes.map(() => 0)];
        const moves = rearrangeUsers(before, users, sequence);
        expect(countStops(moves)).toBe(fewestRelocations(before));
        expect(moves).toHaveLength(2 * fewestRelocations(before));
      }),
      { numRuns: 50 },
    );
  });
});

describe('after the loss of a worker', () => {
  it('its users move to the others without touching those that run', () => {
    fc.assert(
      fc.property(classShares, workersBefore, userCount, (classes, workers, users) => {
        const sequence = new ClassSequence(classes);
        const before = loseWorker(classes, workers, users);
        const moves = distributeUsers({ before, users, sequence });
        expect(countStops(moves)).toBe(0);
        expect(moves).toHaveLength(sequence.limit(users) - countUsers(before));
      }),
      { numRuns: 50 },
    );
  });

  it('totals stay within 1 at every step, up and down again', () => {
    fc.assert(
      fc.property(lossAndRamps, ({ classes, workers, users, ramps }) => {
        const sequence = new ClassSequence(classes);
        let before = loseWorker(classes, workers, users);
        let worst = 0;
        for (const target of [users, ...ramps]) {
          const moves = distributeUsers({ before, users: target, sequence });
          for (const counts of states(before, moves)) worst = Math.max(worst, unevenness(counts));
          before = applyMoves(before, moves);
        }
        expect(worst).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('class totals follow the sequence after every move but between a user and its replacement', () => {
    fc.assert(
      fc.property(lossAndRamps, ({ classes, workers, users, ramps }) => {
        const sequence = new ClassSequence(classes);
        let before = distribute(loseWorker(classes, workers, users), users, sequence);
        for (const target of ramps) {
          const moves = distributeUsers({ before, users: target, sequence });
          for (const counts of withoutReplacements(before, moves)) {
            expect(countClasses(counts, classes.length)).toEqual(sequence.counts(countUsers(counts)));
          }
          before = applyMoves(before, moves);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('every class stays on all workers, and hardly ever does a user have to move for it', () => {
    const ramps = [60, 240, 30, 180, 90, 200];
    const sequence = new ClassSequence(weights(1, 1, 1));
    let before = distribute(loseWorker(weights(1, 1, 1), 4, 120), 120, sequence);
    for (const users of ramps) {
      const moves = distributeUsers({ before, users, sequence });
      expect(moves).toHaveLength(Math.abs(users - countUsers(before)));
      before = applyMoves(before, moves);
      expect(spread(before)).toBeLessThanOrEqual(2);
    }
  });
});

const lossAndRamps = fc.record({
  classes: classShares,
  workers: workersBefore,
  users: userCount,
  ramps: fc.array(userCount, { minLength: 1, maxLength: 5 }),
});

/** The distributions after each move, less those in which a stopped user's replacement is still to start. */
function* withoutReplacements(
  before: readonly Assignment[],
  moves: readonly Move[],
): Generator<Assignment[]> {
  let step = -1;
  for (const counts of states(before, moves)) {
    const [made, next] = [moves[step], moves[step + 1]];
    step++;
    const isReplaced = made?.kind === 'stop' && next?.kind === 'start' && made.classIndex === next.classIndex;
    if (!isReplaced) yield counts;
  }
}
