import { HttpUser, StopRun, type TaskDefinition, TaskSet, type User } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createDiary, createEnvironment, defineUser } from './test-users.case.ts';
import { UserLoop } from './user-loop.ts';

type Act = (set: TaskSet<User>) => unknown;
type SetTasks = NonNullable<TaskDefinition['taskSet']>;

/** A task set with these tasks, and these task sets in it. */
function defineSet(
  name: string,
  tasks: Readonly<Record<string, Act>>,
  hooks: { onStart?: Act; onStop?: Act; waitTime?: () => number; inner?: TaskDefinition[] } = {},
  order: SetTasks['order'] = 'sequential',
): TaskDefinition {
  class Defined extends TaskSet<User> {
    override waitTime: TaskSet['waitTime'] = hooks.waitTime ?? ((context) => this.parent.waitTime(context));
    override async onStart(): Promise<void> {
      await hooks.onStart?.(this);
    }
    override async onStop(): Promise<void> {
      await hooks.onStop?.(this);
    }
  }
  const leaves = Object.entries(tasks).map(([leaf, act]) => ({
    name: leaf,
    weight: 1,
    run: (owner: unknown) => act(owner as TaskSet<User>),
  }));
  const all = [...leaves, ...(hooks.inner ?? [])];
  return { name, weight: 1, taskSet: { name, path: name, order, tasks: all, create: Defined } };
}

/** A user with these as its tasks; those of the user are drawn evenly. */
function start(tasks: TaskDefinition[], waitTime: () => number = () => 1) {
  const parts = createEnvironment();
  const userClass = { ...defineUser({ waitTime }), tasks };
  const loop = new UserLoop(userClass, 0, parts.environment);
  const state = { ended: false };
  const ended = loop.run().finally(() => {
    state.ended = true;
  });
  return { ...parts, loop, ended, state };
}

describe('a user in a task set', () => {
  it('enters, stays until interrupt, and leaves; entering needs no wait, and going back neither', async () => {
    const { entries, note } = createDiary();
    const timed = (text: string): void =>
      void entries.push(`${Math.round(clock.nowUs() / 1_000_000)} ${text}`);
    const set = defineSet(
      'Browse',
      { look: () => timed('look'), leave: (self) => self.interrupt() },
      { onStart: note('start'), onStop: note('stop') },
    );
    const { clock, loop, ended, recording } = start([set]);
    await clock.advance(1_500);
    loop.stop();
    await ended;
    expect(entries).toEqual(['start', '0 look', 'stop', 'start', '1 look', 'stop']);
    expect(recording.exceptions()).toEqual({});
  });

  it('waits before it goes on where interrupt says so', async () => {
    const { entries, note } = createDiary();
    const set = defineSet(
      'Browse',
      { leave: (self) => self.interrupt({ reschedule: false }) },
      { onStart: note('in') },
    );
    const { clock, loop } = start([set], () => 5);
    await clock.advance(14_000);
    expect(entries).toHaveLength(3);
    loop.stop();
  });

  it('waits as each of its task sets says, and as the user says in between', async () => {
    const times: string[] = [];
    const timed = (text: string) => () => void times.push(`${text} ${Math.round(clock.nowUs() / 1_000_000)}`);
    const group = (name: string, seconds: number): TaskDefinition =>
      defineSet(
        name,
        { look: timed(name), again: timed(name), leave: (self) => self.interrupt({ reschedule: false }) },
        { waitTime: () => seconds },
      );
    const { clock, loop } = start([group('Slow', 10), group('Quick', 1)], () => 100);
    await clock.advance(600_000);
    loop.stop();
    const visits = times.join(' ').match(/Slow \d+ Slow \d+|Quick \d+ Quick \d+/g) ?? [];
    expect(new Set(visits.map((visit) => visit.split(' ')[0])).size).toBe(2);
    visits.slice(1).forEach((visit, index) => {
      const [name, first, , second] = visit.split(' ');
      const [before, , , last] = (visits[index] as string).split(' ');
      expect(Number(second) - Number(first)).toBe(name === 'Slow' ? 10 : 1);
      expect(Number(first) - Number(last)).toBe(100 + (before === 'Slow' ? 10 : 1));
    });
  });

  it('waits as the task set says, or else as its parent', async () => {
    const { entries, note } = createDiary();
    const inner = defineSet('Inner', { step: note('step') });
    const outer = defineSet('Outer', {}, { inner: [inner], waitTime: () => 3 });
    const { clock, loop } = start([outer], () => 100);
    await clock.advance(10_000);
    expect(entries).toHaveLength(4);
    loop.stop();
  });

  it('leaves several task sets at once where an outer one is interrupted', async () => {
    const { entries, note } = createDiary();
    const leaveParent: Act = ({ parent }) => (parent as TaskSet).interrupt();
    const inner = defineSet('Inner', { leaveParent }, { onStop: note('inner stop') });
    const outer = defineSet(
      'Outer',
      {},
      { inner: [inner], onStart: note('outer'), onStop: note('outer stop') },
    );
    const { clock, loop, ended, recording } = start([outer]);
    await clock.advance(1);
    loop.stop();
    await ended;
    expect(entries.slice(0, 4)).toEqual(['outer', 'inner stop', 'outer stop', 'outer']);
    expect(recording.exceptions()).toEqual({});
  });

  it('goes on after interrupt of a task set that it is not in, which is an exception', async () => {
    let old: TaskSet<User> | undefined;
    const remember: Act = (self) => {
      old ??= self;
      if (old === self) self.interrupt();
      old.interrupt();
    };
    const { clock, loop, state, recording } = start([defineSet('Browse', { remember })]);
    await clock.advance(2_500);
    expect(state.ended).toBe(false);
    expect(recording.exceptions()).toEqual({
      'TestUser.Browse.remember: InterruptTaskSet: interrupt() was called outside of the task set': 3,
    });
    loop.stop();
  });

  it('stops from the inside out, also where the run is stopped by a task', async () => {
    const { entries, note } = createDiary();
    const stopRun = (): never => {
      throw new StopRun('sold out');
    };
    const inner = defineSet('Inner', { buy: stopRun }, { onStop: note('inner') });
    const outer = defineSet('Outer', {}, { inner: [inner], onStop: note('outer') });
    const { ended, stopReasons } = start([outer]);
    await ended;
    expect(entries).toEqual(['inner', 'outer']);
    expect(stopReasons).toEqual(['TestUser 0 in Inner.buy: sold out']);
  });

  it('names the task set in exceptions, goes on after one, and does not stay where onStart throws', async () => {
    const fail = (what: string) => () => {
      throw new Error(what);
    };
    const failing = defineSet(
      'Failing',
      { work: fail('never') },
      { onStart: fail('no'), onStop: fail('nor') },
    );
    const set = defineSet('Browse', { look: fail('broken') }, { inner: [failing] });
    const { clock, loop, recording } = start([set]);
    await clock.advance(3_500);
    expect(recording.exceptions()).toEqual({
      'TestUser.Browse.look: Error: broken': 2,
      'TestUser.Failing.onStart: Error: no': 2,
      'TestUser.Failing.onStop: Error: nor': 2,
    });
    loop.stop();
  });

  it('goes back to the parent where a chain of tasks ends', async () => {
    const { entries, note } = createDiary();
    const set = defineSet('Wander', { home: note('home') }, { onStop: note('back') }, 'markov');
    const { clock, loop } = start([set]);
    await clock.advance(1_500);
    expect(entries).toEqual(['home', 'back', 'home']);
    loop.stop();
  });

  it('does not repeat its choices from one visit to the next', async () => {
    const visits: string[] = [];
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const tasks = names.map((name): [string, Act] => [
      name,
      (self) => {
        visits.push(`${visits.pop()}${name}`);
        if ((visits.at(-1)?.length ?? 0) >= 8) self.interrupt();
      },
    ]);
    const set = defineSet(
      'Browse',
      Object.fromEntries(tasks),
      { onStart: () => visits.push('') },
      'weighted',
    );
    const { clock, loop } = start([set]);
    await clock.advance(40_000);
    expect(new Set(visits).size).toBe(visits.length);
    expect(visits.length).toBeGreaterThan(4);
    loop.stop();
  });

  it('reaches its user, and its client where it has one', async () => {
    const seen: unknown[] = [];
    const set = defineSet('Browse', { look: (self) => seen.push(self.user.ordinal, self.client) });
    const { environment } = createEnvironment();
    const loop = new UserLoop({ ...defineUser({}, 'Visitor', HttpUser), tasks: [set] }, 4, environment);
    const ended = loop.run();
    await new Promise((resolve) => setImmediate(resolve));
    loop.stop();
    await ended;
    expect(seen.slice(0, 2)).toEqual([4, expect.objectContaining({ completed: 0 })]);
    const plain = start([set]);
    await plain.clock.advance(0);
    expect(Object.keys(plain.recording.exceptions())[0]).toMatch(/Browse.look: .*has no HTTP client/);
    plain.loop.stop();
  });
});
