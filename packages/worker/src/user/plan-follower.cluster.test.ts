import {
  type Assignment,
  applyMoves,
  ClassSequences,
  distributeUsers,
  type Move,
  moveDueUs,
  movesDue,
  type SpawnRate,
  type User,
} from '@loadts/core';
import type { PlanMessage } from '@loadts/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { Recording } from '../statistics/recording.case.ts';
import { PlanFollower } from './plan-follower.ts';
import { createEnvironment, defineUser } from './test-users.case.ts';
import { UserPool } from './user-pool.ts';

interface Change {
  /** Since the change before. */
  readonly afterMs: number;
  readonly users: number;
  readonly spawnRate: SpawnRate;
  /** The classes that may have users. */
  readonly active?: readonly number[] | null;
  /** How long before its start the plan arrives; negative where it is late. */
  readonly leadMs: number;
}

interface Cluster {
  readonly classes: readonly { readonly weight: number; readonly fixedCount: number }[];
  readonly workers: number;
  readonly changes: readonly Change[];
}

/** What the master works out: the plans, and every move of the cluster with its time. */
function planCluster({ classes, workers, changes }: Cluster) {
  const sequences = new ClassSequences(classes);
  const plans: Omit<PlanMessage, 'row'>[] = [];
  const expected: string[] = [];
  let startUs = 0;
  let before: readonly Assignment[] = Array.from({ length: workers }, () => classes.map(() => 0));
  const ordinals = classes.map(() => 0);
  changes.forEach(({ users, spawnRate, active = null }, index) => {
    plans.push({
      type: 'plan',
      scenario: 0,
      generation: index + 1,
      startUs,
      spawnRate,
      users,
      classes: active,
      before,
      ordinals: [...ordinals],
    });
    const moves = distributeUsers({ before, users, sequence: sequences.of(active) });
    const next = changes[index + 1];
    const steps = next ? Math.min(moves.length, movesDue(next.afterMs * 1_000, spawnRate)) : moves.length;
    moves.slice(0, steps).forEach((move, position) => {
      expected.push(describeMove(move, startUs + moveDueUs(position, spawnRate), ordinals));
    });
    before = applyMoves(before, moves, steps);
    startUs += (next?.afterMs ?? 0) * 1_000;
  });
  return { plans, expected, final: before };
}

function describeMove({ kind, worker, classIndex }: Move, atUs: number, ordinals: number[]): string {
  const ordinal = ordinals[classIndex] as number;
  if (kind === 'start') ordinals[classIndex] = ordinal + 1;
  return `${atUs} worker ${worker} class ${classIndex} ${kind === 'start' ? `+${ordinal}` : '-'}`;
}

/** Lets every worker follow the plans as they arrive. */
async function runCluster(
  { classes, workers, changes }: Cluster,
  plans: readonly Omit<PlanMessage, 'row'>[],
) {
  const clock = new FakeClock(1_000_000);
  const runStartUs = 2_000_000;
  const done: string[] = [];
  const started: string[] = [];
  const sequences = new ClassSequences(classes);
  const members = Array.from({ length: workers }, (_, worker) => {
    const userClasses = classes.map((_, classIndex) => {
      const note = (sign: (user: User) => string) => (user: User) =>
        done.push(`${clock.nowUs() - runStartUs} worker ${worker} class ${classIndex} ${sign(user)}`);
      return defineUser({
        onStart: (user) => {
          started.push(`${classIndex}/${user.ordinal}`);
          note(({ ordinal }) => `+${ordinal}`)(user);
        },
        onStop: note(() => '-'),
        tasks: { work: () => {} },
        waitTime: () => 99_999,
      });
    });
    const { recorder } = new Recording();
    const { environment } = createEnvironment({ clock, recorder, seed: 1 });
    const pool = new UserPool(userClasses, environment);
    return { pool, follower: new PlanFollower({ clock, startUs: runStartUs, sequences, pool }) };
  });
  plans.forEach((plan, index) => {
    const arrivalUs = runStartUs + plan.startUs - (changes[index] as Change).leadMs * 1_000;
    clock.schedule((arrivalUs - clock.nowUs()) / 1_000, () => {
      members.forEach(({ follower }, row) => follower.follow({ ...plan, row }));
    });
  });
  await clock.advance(120_000);
  const counts = members.map(({ pool }) => classes.map((_, classIndex) => pool.countActive(classIndex)));
  return { done, started, counts };
}

const clusters = (afterMs: fc.Arbitrary<number>, lead: fc.Arbitrary<number>): fc.Arbitrary<Cluster> =>
  fc.record({
    classes: fc.array(
      fc.record({ weight: fc.integer({ min: 1, max: 5 }), fixedCount: fc.constantFrom(0, 0, 2) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    workers: fc.integer({ min: 1, max: 4 }),
    changes: fc.array(
      fc.record({
        afterMs,
        users: fc.nat(25),
        spawnRate: fc.oneof(fc.constantFrom('all' as const, 0.7, 3), fc.integer({ min: 1, max: 40 })),
        active: fc.constantFrom(null, null, [0], [1, 2]),
        leadMs: lead,
      }),
      { minLength: 1, maxLength: 4 },
    ),
  });

describe('the workers of a cluster, each on its own', () => {
  it('make exactly the moves of the master together, each at its time, with no ordinal twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        clusters(fc.integer({ min: 100, max: 3_000 }), fc.integer({ min: 0, max: 100 })),
        async (cluster) => {
          const { plans, expected, final } = planCluster(cluster);
          const { done, started, counts } = await runCluster(cluster, plans);
          expect(done.toSorted()).toEqual(expected.toSorted());
          expect(counts).toEqual(final);
          expect(new Set(started).size).toBe(started.length);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('end up where the master wants them also where plans arrive late', async () => {
    await fc.assert(
      fc.asyncProperty(
        clusters(fc.integer({ min: 1_000, max: 4_000 }), fc.integer({ min: -900, max: 0 })),
        async (cluster) => {
          const { plans, final } = planCluster(cluster);
          const { counts } = await runCluster(cluster, plans);
          expect(counts).toEqual(final);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
