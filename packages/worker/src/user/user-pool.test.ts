import { type User, type UserClass } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { createEnvironment, defineUser, type Script } from './test-users.case.ts';
import { UserPool } from './user-pool.ts';

/** A pool of users of these classes, until the test ends. */
function createPool(...classes: UserClass[]) {
  const { clock, recording, environment } = createEnvironment();
  const pool = new UserPool(classes, environment);
  onTestFinished(async () => {
    const drained = pool.drain(0);
    await clock.advance(1);
    await drained;
  });
  return { pool, clock, recording };
}

/** A class that notes who starts and stops. */
function createWatchedClass(name: string, notes: string[], script: Script = {}): UserClass {
  return defineUser(
    {
      onStart: ({ ordinal }) => notes.push(`+${name}${ordinal}`),
      tasks: { work: () => {} },
      waitTime: () => 3_600,
      onStop: ({ ordinal }: User) => notes.push(`-${name}${ordinal}`),
      ...script,
    },
    name,
  );
}

const never = (): Promise<never> => new Promise(() => {});

describe('UserPool', () => {
  it('starts users of the class and with the ordinal that it is told', async () => {
    const notes: string[] = [];
    const { pool } = createPool(createWatchedClass('A', notes), createWatchedClass('B', notes));
    pool.start(1, 7);
    pool.start(0, 2);
    pool.start(0, 3);
    expect([pool.size, pool.countActive(0), pool.countActive(1)]).toEqual([3, 2, 1]);
    await settle();
    expect(notes).toEqual(['+B7', '+A2', '+A3']);
  });

  it('knows no class beyond its own', () => {
    const { pool } = createPool();
    pool.start(0, 0);
    pool.stop(0, 0);
    expect([pool.size, pool.countActive(0), pool.stopNewest(0)]).toEqual([0, 0, undefined]);
  });

  it('stops the newest of a class first, and tells which', async () => {
    const notes: string[] = [];
    const { pool } = createPool(createWatchedClass('A', notes), createWatchedClass('B', notes));
    for (const [classIndex, ordinal] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      pool.start(classIndex, ordinal);
    await settle();
    notes.length = 0;
    expect([pool.stopNewest(0), pool.stopNewest(0), pool.stopNewest(0)]).toEqual([1, 0, undefined]);
    await settle();
    expect(notes).toEqual(['-A1', '-A0']);
    expect([pool.size, pool.countActive(0), pool.countActive(1)]).toEqual([2, 0, 2]);
  });

  it('stops this very user where one is named', async () => {
    const notes: string[] = [];
    const { pool } = createPool(createWatchedClass('A', notes));
    for (const ordinal of [0, 1, 2]) pool.start(0, ordinal);
    await settle();
    pool.stop(0, 1);
    pool.stop(0, 1);
    pool.stop(0, 9);
    await settle();
    expect(notes).toEqual(['+A0', '+A1', '+A2', '-A1']);
    expect(pool.stopNewest(0)).toBe(2);
  });

  it('forgets users that end by themselves', async () => {
    const notes: string[] = [];
    const failing = createWatchedClass('A', notes, { onStart: () => Promise.reject(new Error('x')) });
    const { pool } = createPool(failing);
    for (const ordinal of [0, 1, 2]) pool.start(0, ordinal);
    await settle();
    expect([pool.size, pool.countActive(0), notes]).toEqual([0, 0, ['-A0', '-A1', '-A2']]);
  });

  it('counts those on their way out as there, but not as active', async () => {
    let finish: () => void = () => {};
    const work = (): Promise<void> => new Promise((resolve) => (finish = resolve));
    const { pool } = createPool(defineUser({ tasks: { work } }));
    pool.start(0, 0);
    await settle();
    pool.stopNewest(0);
    await settle();
    expect([pool.size, pool.countActive(0)]).toEqual([1, 0]);
    finish();
    await settle();
    expect(pool.size).toBe(0);
  });
});

describe('draining a pool', () => {
  it('ends users that wait at once, without any time passing', async () => {
    const notes: string[] = [];
    const { pool, clock } = createPool(createWatchedClass('A', notes));
    for (let ordinal = 0; ordinal < 100; ordinal++) pool.start(0, ordinal);
    await settle();
    await pool.drain(10_000);
    expect(notes.filter((note) => note.startsWith('-'))).toHaveLength(100);
    expect([pool.size, clock.nowUs(), clock.pending]).toEqual([0, 1_000, 0]);
  });

  it('is over at once where there are no users', async () => {
    const { pool, clock } = createPool();
    await pool.drain(10_000);
    expect(clock.pending).toBe(0);
  });

  it('lets running users finish within the timeout', async () => {
    const { pool, clock, recording } = createPool(
      defineUser({
        tasks: { work: () => new Promise<void>((resolve) => clock.schedule(3_000, resolve)) },
        onStop: () => {
          throw new Error('the end');
        },
      }),
    );
    pool.start(0, 0);
    await settle();
    const drained = pool.drain(10_000);
    await clock.advance(2_999);
    expect(pool.size).toBe(1);
    await clock.advance(1);
    await drained;
    expect([pool.size, clock.pending]).toEqual([0, 0]);
    expect(recording.exceptions()).toEqual({ 'TestUser.onStop: Error: the end': 1 });
  });

  it.each(['onStart', 'work', 'onStop'])(
    'cuts users off after the timeout where %s never ends',
    async (place) => {
      const stuck = (here: string) => () => (here === place ? never() : undefined);
      const { pool, clock } = createPool(
        defineUser({
          onStart: stuck('onStart'),
          tasks: { work: stuck('work') },
          onStop: stuck('onStop'),
          waitTime: () => 60,
        }),
      );
      for (const ordinal of [0, 1, 2]) pool.start(0, ordinal);
      await settle();
      const drained = pool.drain(10_000);
      await clock.advance(9_999);
      expect(pool.size).toBe(3);
      await clock.advance(1);
      await drained;
      expect(pool.size).toBe(0);
    },
  );

  it('ends for everybody who waits for it, also where a second time is shorter', async () => {
    const { pool, clock } = createPool(defineUser({ tasks: { work: never } }));
    pool.start(0, 0);
    await settle();
    const both = Promise.all([pool.drain(10_000), pool.drain(100)]);
    await clock.advance(100);
    await both;
    expect([pool.size, clock.pending]).toEqual([0, 0]);
  });
});
