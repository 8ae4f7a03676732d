import {
  applyMoves,
  ClassSequences,
  distributeUsers,
  type Move,
  moveDueUs,
  movesDue,
  sum,
} from '@loadts/core';
import type { PlanMessage } from '@loadts/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanMaker } from './plan-maker.ts';

const SECOND = 1_000_000;
const ONE_CLASS = [{ weight: 1, fixedCount: 0 }];
const THREE_CLASSES = [
  { weight: 3, fixedCount: 0 },
  { weight: 1, fixedCount: 0 },
  { weight: 1, fixedCount: 2 },
];

type Shares = typeof ONE_CLASS;

function createMaker(workers: readonly number[], shares: Shares = ONE_CLASS): PlanMaker {
  return new PlanMaker(new ClassSequences(shares), shares.length, workers);
}

describe('a plan', () => {
  it('says who runs where from when on, how many are wanted and how fast', () => {
    const maker = createMaker([4, 7], THREE_CLASSES);
    expect(maker.change({ users: 6, spawnRate: 2 }, 5)).toBe(true);
    expect(maker.messageFor(7)).toEqual({
      type: 'plan',
      generation: 1,
      startUs: 5,
      spawnRate: 2,
      users: 6,
      classes: null,
      before: [
        [0, 0, 0],
        [0, 0, 0],
      ],
      row: 1,
      ordinals: [0, 0, 0],
    });
    expect(maker.messageFor(4)).toEqual({ ...maker.messageFor(7), row: 0 });
  });

  it('is only made where something else is wanted', () => {
    const maker = createMaker([1]);
    expect(maker.change({ users: 5, spawnRate: 1 }, 0)).toBe(true);
    expect(maker.change({ users: 5, spawnRate: 1 }, SECOND)).toBe(false);
    expect(maker.messageFor(1)).toMatchObject({ generation: 1, startUs: 0 });
    expect(maker.change({ users: 5, spawnRate: 2 }, 2 * SECOND)).toBe(true);
    expect(maker.change({ users: 6, spawnRate: 2 }, 3 * SECOND)).toBe(true);
    expect(maker.messageFor(1)).toMatchObject({ generation: 3, startUs: 3 * SECOND });
  });

  it('is made at first also where nobody is wanted', () => {
    expect(createMaker([1]).change({ users: 0, spawnRate: 'all' }, 0)).toBe(true);
  });

  it('wants no more users than fixed counts allow', () => {
    const maker = createMaker([1], [{ weight: 1, fixedCount: 3 }]);
    maker.change({ users: 10, spawnRate: 'all' }, 0);
    expect(maker.users).toBe(3);
    expect(maker.plannedUsers(0)).toBe(3);
  });
});

describe('a ramp', () => {
  it('starts a user at once and the others at the spawn rate', () => {
    const maker = createMaker([1, 2]);
    maker.change({ users: 4, spawnRate: 2 }, SECOND);
    const planned = [0, 0.99, 1, 1.49, 1.5, 2, 2.49, 2.5, 9].map((at) => maker.plannedUsers(at * SECOND));
    expect(planned).toEqual([0, 0, 1, 1, 2, 3, 3, 4, 4]);
  });

  it('is carried out with its last move', () => {
    const maker = createMaker([1, 2]);
    expect(maker.isCarriedOut(0)).toBe(true);
    maker.change({ users: 4, spawnRate: 2 }, SECOND);
    expect([1, 2.499999, 2.5].map((at) => maker.isCarriedOut(at * SECOND))).toEqual([false, false, true]);
  });

  it('without moves is carried out when the plan begins', () => {
    const maker = createMaker([1]);
    maker.change({ users: 0, spawnRate: 1 }, SECOND);
    expect([0.9, 1].map((at) => maker.isCarriedOut(at * SECOND))).toEqual([false, true]);
  });

  it('leaves a plan idle only when the last user has stopped', () => {
    const maker = createMaker([1]);
    expect(maker.isIdle(0)).toBe(true);
    maker.change({ users: 2, spawnRate: 1 }, SECOND);
    expect([0.5, 5].map((at) => maker.isIdle(at * SECOND))).toEqual([false, false]);
    maker.change({ users: 0, spawnRate: 1 }, 10 * SECOND);
    expect([9, 10, 10.9, 11].map((at) => maker.isIdle(at * SECOND))).toEqual([false, false, false, true]);
  });

  it('that is changed half way goes on from where it is', () => {
    const maker = createMaker([1, 2]);
    maker.change({ users: 10, spawnRate: 2 }, 0);
    maker.change({ users: 20, spawnRate: 4 }, 2 * SECOND);
    expect(maker.messageFor(1)).toMatchObject({ generation: 2, before: [[3], [2]], ordinals: [5] });
    expect([2, 2.25, 5.5, 5.75].map((at) => maker.plannedUsers(at * SECOND))).toEqual([6, 7, 20, 20]);
  });

  it('gives new users ordinals that no user had before', () => {
    const maker = createMaker([1]);
    maker.change({ users: 4, spawnRate: 'all' }, 0);
    maker.change({ users: 1, spawnRate: 'all' }, SECOND);
    maker.change({ users: 3, spawnRate: 'all' }, 2 * SECOND);
    expect(maker.messageFor(1)).toMatchObject({ before: [[1]], ordinals: [4] });
  });

  it('stops the users of classes that may have none any more, and gives others their place', () => {
    const maker = createMaker([1], THREE_CLASSES);
    maker.change({ users: 6, spawnRate: 'all' }, 0);
    expect(maker.change({ users: 6, spawnRate: 'all', classes: [1] }, SECOND)).toBe(true);
    expect(maker.change({ users: 6, spawnRate: 'all', classes: [1] }, 2 * SECOND)).toBe(false);
    expect(maker.messageFor(1)).toMatchObject({ classes: [1], before: [[3, 1, 2]] });
    maker.change({ users: 6, spawnRate: 'all' }, 3 * SECOND);
    expect(maker.messageFor(1)).toMatchObject({ classes: null, before: [[0, 6, 0]] });
  });

  it('that loses a worker goes on with the others, who take over what it had', () => {
    const maker = createMaker([1, 2, 3]);
    maker.change({ users: 9, spawnRate: 3 }, 0);
    maker.removeWorker(2, 1.5 * SECOND);
    const plan = maker.messageFor(3);
    expect(plan).toMatchObject({ generation: 2, users: 9, row: 1, before: [[2], [1]], ordinals: [5] });
    expect(maker.plannedUsers(1.5 * SECOND)).toBe(4);
    expect(maker.plannedUsers(10 * SECOND)).toBe(9);
    expect(maker.isCarriedOut(3.4 * SECOND)).toBe(true);
  });

  it('knows nothing of a worker that is gone already', () => {
    const maker = createMaker([1, 2]);
    maker.change({ users: 2, spawnRate: 'all' }, 0);
    maker.removeWorker(2, SECOND);
    maker.removeWorker(2, 2 * SECOND);
    expect(maker.messageFor(1)).toMatchObject({ generation: 2, startUs: SECOND });
  });

  it('wants as many users as before after the last worker is gone', () => {
    const maker = createMaker([1]);
    maker.change({ users: 2, spawnRate: 'all' }, 0);
    maker.removeWorker(1, SECOND);
    expect([maker.users, maker.plannedUsers(SECOND)]).toEqual([2, 0]);
  });
});

/** Follows plans as workers do, each knowing its own messages only. */
class Followers {
  readonly #sequences: ClassSequences;
  readonly #counts = new Map<number, number[]>();
  readonly #plans = new Map<number, PlanMessage>();
  readonly #ordinals: Set<number>[];

  constructor(shares: Shares, workers: readonly number[]) {
    this.#sequences = new ClassSequences(shares);
    for (const worker of workers)
      this.#counts.set(
        worker,
        shares.map(() => 0),
      );
    this.#ordinals = shares.map(() => new Set());
  }

  get workers(): number[] {
    return [...this.#counts.keys()];
  }

  /** Users of all workers at this time. */
  usersAt(atUs: number): number {
    return sum([...this.#plans].map(([worker, plan]) => sum(this.#countsAt(worker, plan, atUs))));
  }

  isDone(atUs: number): boolean {
    const [plan] = this.#plans.values();
    if (!plan) return true;
    const last = this.#moves(plan).length - 1;
    return atUs >= plan.startUs + (last < 0 ? 0 : moveDueUs(last, plan.spawnRate));
  }

  lose(worker: number, atUs: number): void {
    this.#nameUsers(worker, atUs);
    this.#counts.delete(worker);
    this.#plans.delete(worker);
  }

  /** @returns whether the plan says what this worker really has at its start */
  follow(worker: number, plan: PlanMessage): boolean {
    this.#nameUsers(worker, plan.startUs);
    const old = this.#plans.get(worker);
    const counts = old ? this.#countsAt(worker, old, plan.startUs) : (this.#counts.get(worker) ?? []);
    this.#counts.set(worker, counts);
    this.#plans.set(worker, plan);
    return JSON.stringify(plan.before[plan.row]) === JSON.stringify(counts);
  }

  /** Gives each user that this worker started by then its ordinal: the next of its class over all workers. */
  #nameUsers(worker: number, atUs: number): void {
    const plan = this.#plans.get(worker);
    if (!plan) return;
    const next = [...plan.ordinals];
    for (const move of this.#moves(plan).slice(0, movesDue(atUs - plan.startUs, plan.spawnRate))) {
      if (move.kind === 'stop') continue;
      const ordinal = next[move.classIndex] as number;
      next[move.classIndex] = ordinal + 1;
      if (move.worker !== plan.row) continue;
      if (this.#ordinals[move.classIndex]?.has(ordinal)) throw new Error(`ordinal ${ordinal} came twice`);
      this.#ordinals[move.classIndex]?.add(ordinal);
    }
  }

  #countsAt(worker: number, plan: PlanMessage, atUs: number): number[] {
    const before = plan.before.map((row, i) => (i === plan.row ? (this.#counts.get(worker) ?? []) : row));
    const steps = Math.min(this.#moves(plan).length, movesDue(atUs - plan.startUs, plan.spawnRate));
    return [...(applyMoves(before, this.#moves(plan), steps)[plan.row] as readonly number[])];
  }

  #moves({ before, users, classes }: PlanMessage): Move[] {
    return distributeUsers({ before, users, sequence: this.#sequences.of(classes) });
  }
}

const event = fc.record({
  afterUs: fc.integer({ min: 0, max: 5 * SECOND }),
  users: fc.integer({ min: 0, max: 40 }),
  spawnRate: fc.oneof(fc.constant('all' as const), fc.double({ min: 0.1, max: 50, noNaN: true })),
  classes: fc.constantFrom(undefined, undefined, [0, 2], [1]),
  /** Who is lost, by position; nobody for most. */
  lost: fc.option(fc.nat(5), { nil: undefined, freq: 3 }),
});

describe('plans in any order', () => {
  it('are what workers that follow them really do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(event, { maxLength: 12 }), (count, events) => {
        const ids = Array.from({ length: count }, (_, i) => i * 3 + 1);
        const maker = createMaker(ids, THREE_CLASSES);
        const followers = new Followers(THREE_CLASSES, ids);
        let nowUs = 0;
        let generation = 0;
        for (const { afterUs, lost, classes, ...load } of events) {
          nowUs += afterUs;
          const worker = lost === undefined ? undefined : followers.workers[lost];
          if (worker !== undefined && followers.workers.length > 1) {
            maker.removeWorker(worker, nowUs);
            followers.lose(worker, nowUs);
          } else if (!maker.change({ ...load, ...(classes && { classes }) }, nowUs)) continue;
          for (const follower of followers.workers) {
            const plan = { ...maker.messageFor(follower), scenario: 0 };
            expect(plan.generation).toBe(generation + 1);
            expect(plan.startUs).toBe(nowUs);
            expect(followers.follow(follower, plan)).toBe(true);
          }
          generation++;
          for (const laterUs of [0, 1, 700_000, 3 * SECOND]) {
            expect(maker.plannedUsers(nowUs + laterUs)).toBe(followers.usersAt(nowUs + laterUs));
            expect(maker.isCarriedOut(nowUs + laterUs)).toBe(followers.isDone(nowUs + laterUs));
          }
        }
        expect(maker.plannedUsers(nowUs + 1_000 * SECOND)).toBe(generation === 0 ? 0 : maker.users);
      }),
    );
  });
});
