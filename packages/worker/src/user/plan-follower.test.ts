import { ClassSequences, type ClassShare, type User } from '@loadts/core';
import type { PlanMessage } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { PlanFollower } from './plan-follower.ts';
import { createEnvironment, defineUser } from './test-users.case.ts';
import { UserPool } from './user-pool.ts';

const ONE_CLASS: readonly ClassShare[] = [{ weight: 1, fixedCount: 0 }];
const RUN_START_US = 5_000_000;

/** A follower whose users note when they come and go, in milliseconds of the run. */
function createFollower(shares: readonly ClassShare[] = ONE_CLASS, listens = false) {
  const { clock, environment } = createEnvironment();
  clock.jump((RUN_START_US - clock.nowUs()) / 1_000);
  const notes: string[] = [];
  const classes = shares.map((_, index) => {
    const name = 'ABC'[index] as string;
    const note = (sign: string) => (user: User) =>
      notes.push(`${(clock.nowUs() - RUN_START_US) / 1_000}${sign}${name}${user.ordinal}`);
    return defineUser(
      { onStart: note('+'), onStop: note('-'), tasks: { work: () => {} }, waitTime: () => 9_999 },
      name,
    );
  });
  const pool = new UserPool(classes, environment);
  const ramps: string[] = [];
  const follower = new PlanFollower({
    clock,
    ...(listens
      ? { onRampEnd: (users) => ramps.push(`${(clock.nowUs() - RUN_START_US) / 1_000}:${users}`) }
      : {}),
    startUs: RUN_START_US,
    sequences: new ClassSequences(shares),
    pool,
  });
  return { follower, clock, pool, ramps, take: () => notes.splice(0).join(' ') };
}

function createPlan(plan: Partial<PlanMessage>): PlanMessage {
  return {
    type: 'plan',
    scenario: 0,
    classes: null,
    generation: 1,
    startUs: 0,
    spawnRate: 10,
    users: 0,
    before: [[0]],
    row: 0,
    ordinals: [0],
    ...plan,
  };
}

describe('following a plan', () => {
  it('starts each user exactly when it is due', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ startUs: 50_000, users: 4 }));
    await clock.advance(49.999);
    expect(take()).toBe('');
    await clock.advance(5_000);
    expect(take()).toBe('50+A0 150+A1 250+A2 350+A3');
    expect(clock.pending).toBe(4);
  });

  it.each([
    ['all' as const, '0+A0 0+A1 0+A2'],
    [1_000, '0+A0 1+A1 2+A2'],
    [3, '0+A0 333.334+A1 666.667+A2'],
    [0.4, '0+A0 2500+A1 5000+A2'],
  ])('keeps to any rate: %s', async (spawnRate, expected) => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ spawnRate, users: 3 }));
    await clock.advance(10_000);
    expect(take()).toBe(expected);
  });

  it('starts what is due, and no more, where it wakes late', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ users: 100 }));
    clock.jump(1_234);
    await clock.advance(1);
    expect(take().split(' ')).toHaveLength(13);
    await clock.advance(65);
    expect(take()).toBe('1300+A13');
  });

  it('stops the newest users first, at the same rate', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ spawnRate: 'all', users: 4 }));
    follower.follow(
      createPlan({ generation: 2, startUs: 1_000_000, users: 1, before: [[4]], ordinals: [4] }),
    );
    await clock.advance(3_000);
    expect(take()).toBe('0+A0 0+A1 0+A2 0+A3 1000-A3 1100-A2 1200-A1');
  });

  it('makes only its own moves of those of the cluster', async () => {
    const shares = [
      { weight: 2, fixedCount: 0 },
      { weight: 1, fixedCount: 0 },
    ];
    const all = await Promise.all(
      [0, 1].map(async (row) => {
        const { follower, clock, take } = createFollower(shares);
        follower.follow(
          createPlan({
            users: 6,
            before: [
              [0, 0],
              [0, 0],
            ],
            ordinals: [10, 20],
            row,
          }),
        );
        await clock.advance(2_000);
        return take().split(' ');
      }),
    );
    expect(all.map((notes) => notes.length)).toEqual([3, 3]);
    const times = all.flat().map((note) => Number.parseInt(note, 10));
    expect(times.toSorted((a, b) => a - b)).toEqual([0, 100, 200, 300, 400, 500]);
    const users = all.flat().map((note) => note.split('+')[1]);
    expect(users.toSorted()).toEqual(['A10', 'A11', 'A12', 'A13', 'B20', 'B21']);
  });

  it('tells whether moves are still to come', async () => {
    const { follower, clock } = createFollower();
    expect(follower.moving).toBe(false);
    follower.follow(createPlan({ startUs: 500_000, users: 2 }));
    expect(follower.moving).toBe(true);
    await clock.advance(599);
    expect(follower.moving).toBe(true);
    await clock.advance(1);
    expect(follower.moving).toBe(false);
  });

  it('makes no further move once it is stopped', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ users: 50 }));
    follower.follow(createPlan({ generation: 2, startUs: 900_000, users: 60, before: [[9]], ordinals: [9] }));
    await clock.advance(150);
    follower.stop();
    await clock.advance(5_000);
    expect(take()).toBe('0+A0 100+A1');
    expect(follower.moving).toBe(false);
  });
});

describe('following one plan after the other', () => {
  const first = createPlan({ users: 100 });

  it('carries the earlier one out until the later one begins', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(first);
    await clock.advance(220);
    follower.follow(
      createPlan({ generation: 2, startUs: 450_000, spawnRate: 5, users: 7, before: [[5]], ordinals: [5] }),
    );
    expect(take()).toBe('0+A0 100+A1 200+A2');
    await clock.advance(2_000);
    expect(take()).toBe('300+A3 400+A4 450+A5 650+A6');
  });

  it('makes no move of the earlier one ahead of its time because a later one is near', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ spawnRate: 100, users: 100 }));
    follower.follow(
      createPlan({ generation: 2, startUs: 45_000, spawnRate: 50, users: 7, before: [[5]], ordinals: [5] }),
    );
    await clock.advance(1_000);
    expect(take()).toBe('0+A0 10+A1 20+A2 30+A3 40+A4 45+A5 65+A6');
  });

  it('ignores plans that are older than the newest', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ generation: 3, users: 1 }));
    follower.follow(createPlan({ generation: 2, users: 9 }));
    follower.follow(createPlan({ generation: 3, users: 9 }));
    await clock.advance(2_000);
    expect(take()).toBe('0+A0');
  });

  it('forgets a plan that was replaced before it began', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ startUs: 500_000, users: 9 }));
    follower.follow(createPlan({ generation: 2, startUs: 500_000, users: 2 }));
    await clock.advance(5_000);
    expect(take()).toBe('500+A0 600+A1');
  });

  it('takes back the starts that a late plan does not know', async () => {
    const { follower, clock, take, pool } = createFollower();
    follower.follow(first);
    await clock.advance(550);
    follower.follow(createPlan({ generation: 2, startUs: 350_000, users: 3, before: [[4]], ordinals: [4] }));
    await clock.advance(1);
    expect(take()).toBe('0+A0 100+A1 200+A2 300+A3 400+A4 500+A5 550-A5 550-A4 550-A3');
    expect(pool.size).toBe(3);
  });

  it('takes back the stops that a late plan does not know', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ spawnRate: 'all', users: 6 }));
    follower.follow(createPlan({ generation: 2, startUs: 100_000, users: 0, before: [[6]], ordinals: [6] }));
    await clock.advance(450);
    expect(take()).toBe('0+A0 0+A1 0+A2 0+A3 0+A4 0+A5 100-A5 200-A4 300-A3 400-A2');
    follower.follow(
      createPlan({ generation: 3, startUs: 250_000, spawnRate: 2, users: 6, before: [[4]], ordinals: [6] }),
    );
    await clock.advance(2_000);
    expect(take()).toBe('450+A2 450+A3 450+A6 750+A7');
  });

  it('does not start users anew that ended by themselves', async () => {
    const { follower, clock, take, pool } = createFollower();
    follower.follow(createPlan({ spawnRate: 'all', users: 3 }));
    await clock.advance(10);
    pool.stopNewest(0);
    follower.follow(createPlan({ generation: 2, startUs: 100_000, users: 5, before: [[3]], ordinals: [3] }));
    await clock.advance(1_000);
    expect(take()).toBe('0+A0 0+A1 0+A2 10-A2 100+A3 200+A4');
  });

  it('ends users of which a plan knows nothing: one before it may never have come', async () => {
    const { follower, clock, take } = createFollower();
    follower.follow(createPlan({ spawnRate: 'all', users: 5 }));
    await clock.advance(10);
    follower.follow(createPlan({ generation: 7, startUs: 100_000, users: 3, before: [[2]], ordinals: [8] }));
    await clock.advance(1_000);
    expect(take()).toBe('0+A0 0+A1 0+A2 0+A3 0+A4 100+A8 100-A4 100-A3 100-A2');
  });
});

describe('the end of a ramp', () => {
  it('is when the last move of the whole cluster is due, once for each plan that moves somebody', async () => {
    const { follower, clock, ramps } = createFollower(ONE_CLASS, true);
    follower.follow(createPlan({ users: 5, before: [[0], [0]], row: 0 }));
    await clock.advance(399);
    expect(ramps).toEqual([]);
    await clock.advance(1_000);
    follower.follow(
      createPlan({ generation: 2, users: 5, startUs: 2_000_000, before: [[3], [2]], spawnRate: 7 }),
    );
    follower.follow(createPlan({ generation: 3, users: 2, startUs: 3_000_000, before: [[3], [2]] }));
    await clock.advance(9_000);
    expect(ramps).toEqual(['400:5', '3200:2']);
  });

  it('is never reached where the next plan comes first, and not missed where the process is late', async () => {
    const { follower, clock, ramps } = createFollower(ONE_CLASS, true);
    follower.follow(createPlan({ users: 20 }));
    follower.follow(
      createPlan({ generation: 2, users: 7, startUs: 500_000, before: [[5]], spawnRate: 'all' }),
    );
    follower.follow(
      createPlan({ generation: 3, users: 8, startUs: 600_000, before: [[7]], spawnRate: 'all' }),
    );
    clock.jump(5_000);
    await clock.advance(1_000);
    expect(ramps.map((ramp) => ramp.split(':')[1])).toEqual(['7', '8']);
  });
});
