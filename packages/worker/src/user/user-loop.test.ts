import { StopUser, type User } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { createDiary, createEnvironment, defineUser, type Script, startUser } from './test-users.case.ts';
import { UserLoop } from './user-loop.ts';

const never = (): Promise<never> => new Promise(() => {});

describe('the life of a user', () => {
  it('is onStart, then task and wait in turn, then onStop', async () => {
    const { entries, note } = createDiary();
    const { loop, clock, ended } = startUser({
      onStart: note('start'),
      tasks: { work: note('work') },
      waitTime: () => 2,
      onStop: note('stop'),
    });
    await clock.advance(5_000);
    loop.stop();
    await ended;
    expect(entries).toEqual(['start', 'work', 'work', 'work', 'stop']);
  });

  it('waits as long as it says, from the end of each task', async () => {
    const times: number[] = [];
    const { clock } = startUser({
      tasks: {
        work: async () => {
          times.push((clock.nowUs() - 1_000) / 1_000);
          await new Promise<void>((resolve) => clock.schedule(300, resolve));
        },
      },
      waitTime: () => 1.5,
    });
    await clock.advance(6_000);
    expect(times).toEqual([0, 1_800, 3_600, 5_400]);
  });

  it('tells the wait time how long the iteration took', async () => {
    const seen: number[] = [];
    const { clock } = startUser({
      tasks: { work: () => new Promise<void>((resolve) => clock.schedule(250, resolve)) },
      waitTime: ({ iterationSeconds }) => {
        seen.push(iterationSeconds);
        return 1 - iterationSeconds;
      },
    });
    await clock.advance(2_500);
    expect(seen).toEqual([0.25, 0.25, 0.25]);
  });

  it('has no task where onStart throws, yet an onStop', async () => {
    const { entries, note } = createDiary();
    const { recording, ended } = startUser({
      onStart: () => Promise.reject(new Error('no login')),
      tasks: { work: note('work') },
      onStop: note('stop'),
    });
    await ended;
    expect(entries).toEqual(['stop']);
    expect(recording.exceptions()).toEqual({ 'TestUser.onStart: Error: no login': 1 });
  });

  it('goes on after an exception of a task, which is recorded', async () => {
    const { clock, recording } = startUser({
      tasks: { work: () => Promise.reject(new TypeError('broken')) },
      waitTime: () => 1,
    });
    await clock.advance(3_500);
    expect(recording.exceptions()).toEqual({ 'TestUser.work: TypeError: broken': 4 });
  });

  it('survives whatever is thrown', async () => {
    const things = ['text', 5, null, undefined, { code: 1 }, Object.create(null) as object, Symbol('s')];
    const { clock, recording } = startUser({
      tasks: {
        work: () => Promise.reject(things.shift()),
      },
      waitTime: () => 1,
    });
    await clock.advance(6_500);
    expect(Object.keys(recording.exceptions())).toHaveLength(7);
    expect(recording.exceptions()).toMatchObject({
      'TestUser.work: thrown: text': 1,
      'TestUser.work: thrown: { code: 1 }': 1,
    });
  });

  it('records what waitTime and onStop throw', async () => {
    const { loop, recording, ended } = startUser({
      tasks: { work: () => {} },
      waitTime: () => {
        throw new Error('no time');
      },
      onStop: () => {
        throw new Error('not yet');
      },
    });
    await settle();
    loop.stop();
    await ended;
    expect(recording.exceptions()).toMatchObject({
      'TestUser.waitTime: Error: no time': 1,
      'TestUser.onStop: Error: not yet': 1,
    });
  });

  it('does not begin where the constructor throws', async () => {
    const { recording, environment } = createEnvironment();
    const { entries, note } = createDiary();
    const userClass = defineUser({ onStart: note('start'), onStop: note('stop') });
    const create = class extends userClass.create {
      constructor(...context: ConstructorParameters<typeof userClass.create>) {
        super(...context);
        throw new Error('no');
      }
    } as unknown as typeof userClass.create;
    await new UserLoop({ ...userClass, create }, 0, environment).run();
    expect(entries).toEqual([]);
    expect(recording.exceptions()).toEqual({ 'TestUser.constructor: Error: no': 1 });
  });

  it.each(['onStart', 'work', 'onStop'])('ends quietly with StopUser in %s', async (place) => {
    const { entries, note } = createDiary();
    const stopIn = (here: string) => () => {
      note(here)();
      if (here === place) throw new StopUser();
    };
    const { loop, recording, ended } = startUser({
      onStart: stopIn('onStart'),
      tasks: { work: stopIn('work') },
      onStop: stopIn('onStop'),
      waitTime: () => 1,
    });
    await settle();
    loop.stop();
    await ended;
    expect(entries).toEqual(place === 'onStart' ? ['onStart', 'onStop'] : ['onStart', 'work', 'onStop']);
    expect(recording.exceptions()).toEqual({});
  });

  it('knows its ordinal and its host: the command line before the class', async () => {
    const seen: unknown[] = [];
    const tasks = { work: (user: User) => seen.push([user.ordinal, user.host]) };
    const script = { tasks, waitTime: () => 1, host: 'http://class' };
    startUser(script, {}, 3);
    startUser(script, { host: 'http://line' }, 4);
    await settle();
    expect(seen).toEqual([
      [3, 'http://class'],
      [4, 'http://line'],
    ]);
  });
});

describe('stopping a user', () => {
  it('ends it at once where it waits', async () => {
    const { loop, clock, ended } = startUser({ tasks: { work: () => {} }, waitTime: () => 3_600 });
    await clock.advance(10);
    loop.stop();
    await ended;
    expect(clock.pending).toBe(0);
  });

  it.each(['onStart', 'work'])('lets it finish %s first', async (place) => {
    const { entries, note } = createDiary();
    let finish: () => void = () => {};
    const slow = (here: string) => async () => {
      if (here === place) await new Promise<void>((resolve) => (finish = resolve));
      note(here)();
    };
    const { loop, state, ended } = startUser({
      onStart: slow('onStart'),
      tasks: { work: slow('work') },
      onStop: note('stop'),
    });
    await settle();
    loop.stop();
    await settle();
    expect(state.ended).toBe(false);
    finish();
    await ended;
    expect(entries).toEqual(place === 'onStart' ? ['onStart', 'stop'] : ['onStart', 'work', 'stop']);
  });

  it.each<[string, Script]>([
    ['onStart', { onStart: never }],
    ['a task', { tasks: { work: never } }],
    [
      'onStop',
      {
        onStart: () => {
          throw new StopUser();
        },
        onStop: never,
      },
    ],
  ])('can be forced where %s never ends', async (_, script) => {
    const { loop, state, ended } = startUser(script);
    await settle();
    loop.stop();
    await settle();
    expect(state.ended).toBe(false);
    loop.abort();
    await ended;
    expect(state.ended).toBe(true);
  });
});
