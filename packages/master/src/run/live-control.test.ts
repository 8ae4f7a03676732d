import { type ArrivalPlan, LoadtsError } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { type RunSetup, startRun, type TestRun } from './run-harness.case.ts';
import { sampleScenario } from './scenario-settings.case.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const steady = (rate: number, seconds = FOREVER) => ({ seconds, startRate: rate, endRate: rate });

function startOpenRun(
  plan: Partial<ArrivalPlan> = {},
  settings: RunSetup['settings'] = {},
): Promise<TestRun> {
  const arrivals: ArrivalPlan = {
    stages: [steady(10)],
    poisson: false,
    maxUsers: 4,
    whenBusy: 'drop',
    ...plan,
  };
  return startRun({ settings: { scenarios: [sampleScenario({ arrivals })], ...settings } });
}

async function stopRun({ controller, report }: TestRun) {
  controller.stop();
  await settle();
  return report;
}

function errorOf(act: () => void): Pick<LoadtsError, 'code' | 'message' | 'hint'> {
  try {
    act();
  } catch (error) {
    if (error instanceof LoadtsError) return { code: error.code, message: error.message, hint: error.hint };
  }
  throw new Error('nothing was refused');
}

describe('a closed run that is steered by hand', () => {
  it('has a new plan at once for other users or another spawn rate, and the rest stays', async () => {
    const { controller, workers, clock, events } = await startRun();
    await clock.advanceTo(2.5);
    controller.control.changeUsers({ users: 20, spawnRate: 5 });
    controller.control.changeUsers({ spawnRate: 2 });
    await settle();
    const plans = workers[0]
      ?.messages('plan')
      .map(({ users, spawnRate, startUs }) => [users, spawnRate, startUs]);
    expect(plans).toEqual([
      [10, 'all', 0],
      [20, 5, 2_550_000],
      [20, 2, 2_550_000],
    ]);
    expect(controller.control.load).toEqual({ model: 'closed', users: 20, spawnRate: 2 });
    expect(events).toEqual([
      {
        second: 2.5,
        kind: 'users',
        text: 'users changed from 10 to 20, 5/s',
        by: 'user',
        values: { users: 20, spawnRate: 5 },
      },
      {
        second: 2.5,
        kind: 'users',
        text: 'spawn rate changed from 5/s to 2/s',
        by: 'user',
        values: { users: 20, spawnRate: 2 },
      },
    ]);
    await clock.advanceTo(4);
    expect(workers[0]?.messages('plan')).toHaveLength(3);
  });

  it('tells nobody of a change that is none', async () => {
    const { controller, workers, events } = await startRun();
    controller.control.changeUsers({ users: 10, spawnRate: 'all' });
    controller.control.resume();
    await settle();
    expect([workers[0]?.messages('plan').length, events.length]).toEqual([1, 0]);
  });

  it('refuses to change users where a shape decides over them', async () => {
    const { controller, workers } = await startRun({
      settings: { scenarios: [sampleScenario({ shape: 'Wave' })] },
    });
    expect(controller.control.ruledBy).toBe('the shape Wave');
    expect(errorOf(() => controller.control.changeUsers({ users: 3 }))).toEqual({
      code: 'CONTROL_REFUSED',
      message: 'the shape Wave decides over the users of this run',
      hint: 'pause or stop the run instead, or run without it to change them by hand',
    });
    expect(workers[0]?.messages('plan')).toHaveLength(1);
  });

  it('refuses what it has no meaning for, and names all that is wrong', async () => {
    const { control } = (await startRun()).controller;
    expect(errorOf(() => control.changeRate({ rate: 3 })).code).toBe('CONTROL_REFUSED');
    expect(errorOf(() => control.changeUsers({ users: 1.5, spawnRate: 0 }))).toMatchObject({
      code: 'CONFIG_INVALID',
      message:
        'users: 1.5 is not a whole number from 0 to 10000000\nspawnRate: 0 is neither a number above 0 nor "all"',
    });
    expect(errorOf(() => control.changeUsers({})).message).toBe('neither users nor spawnRate is given');
  });

  it('refuses everything but a stop before its workers are prepared, and once it stops', async () => {
    const waiting = await startRun({ workers: [{ prepares: false }] });
    expect(errorOf(() => waiting.controller.control.pause())).toMatchObject({
      code: 'CONTROL_REFUSED',
      message: 'the run has not begun: it cannot be paused',
    });
    waiting.controller.control.stop();
    await waiting.report;
    expect(errorOf(() => waiting.controller.control.changeUsers({ users: 1 })).message).toBe(
      'the run is stopping: its users cannot be changed',
    );
    expect(waiting.events).toEqual([{ second: 0, kind: 'stop', text: 'stopped', by: 'user' }]);
  });
});

describe('a run that is stopped by force', () => {
  it('tells all workers to cut their users off, and is one stop among its events', async () => {
    const run = await startRun();
    run.controller.control.stop();
    run.controller.control.stopNow();
    await settle();
    expect(run.workers[0]?.messages('stop')).toEqual(
      expect.arrayContaining([{ type: 'stop' }, { type: 'stop', now: true }]),
    );
    await run.report;
    expect(run.events.filter(({ kind }) => kind === 'stop')).toHaveLength(1);
  });
});

describe('a run that is paused', () => {
  it('tells all workers at once, and those that come meanwhile before their plan', async () => {
    const run = await startRun();
    const { controller, workers, clock, updates } = run;
    await clock.advanceTo(3);
    controller.control.pause();
    controller.control.pause();
    await settle();
    expect(workers[1]?.messages('pause')).toEqual([{ type: 'pause', paused: true, atUs: 3_000_000 }]);
    expect([controller.control.isPaused, updates.at(-1)?.isPaused]).toEqual([true, true]);
    const late = await run.join();
    const kinds = late.received.map(({ type }) => type);
    expect(kinds.slice(kinds.indexOf('start'))).toEqual(['start', 'pause', 'plan']);
    await clock.advanceTo(5);
    controller.control.resume();
    await settle();
    expect(late.messages('pause').at(-1)).toEqual({ type: 'pause', paused: false, atUs: 5_000_000 });
    expect((await run.join()).messages('pause')).toEqual([]);
    expect((await stopRun(run)).warnings).toEqual([
      'the run was paused by hand, for 2 s in all: its rates include them',
    ]);
  });
});

describe('statistics that are reset by hand', () => {
  it('forget the totals from the next second on, while the series keep all', async () => {
    const run = await startRun();
    const { controller, workers, clock, seconds } = run;
    await clock.advanceTo(1.5);
    workers[0]?.measure(0, '/', [1_000, 1_000]);
    await clock.advanceTo(2.5);
    controller.control.resetStatistics();
    workers[0]?.measure(2, '/', [1_000]);
    workers[0]?.measure(3, '/', [5_000]);
    await clock.advanceTo(5);
    // One request in the two seconds that count.
    expect(run.updates.at(-1)?.total).toMatchObject({ requests: 1, requestsPerSecond: 0.5 });
    const report = await stopRun(run);
    expect(report).toMatchObject({ skippedSeconds: 3, total: { requests: 1, maxMs: 5 } });
    expect(seconds.map(({ entries }) => entries[0]?.counts.ok ?? 0)).toEqual([2, 0, 1, 1]);
    expect(run.events[0]).toMatchObject({ second: 2.5, kind: 'reset', by: 'user', values: { second: 3 } });
  });
});

describe('an open run that is steered by hand', () => {
  it('has another rate a second later, the starts before it as they were', async () => {
    const { controller, workers, clock, events } = await startOpenRun();
    await clock.advanceTo(4.25);
    controller.control.changeRate({ rate: 40, maxUsers: 9 });
    await settle();
    const messages = workers.map((worker) => worker.messages('arrivals').at(-1));
    expect(messages[0]).toMatchObject({
      stages: [
        { seconds: 5.25, startRate: 10, endRate: 10 },
        { seconds: null, startRate: 40, endRate: 40 },
      ],
      maxUsers: 5,
    });
    expect(messages[1]).toMatchObject({ worker: 1, workers: 2, maxUsers: 4 });
    expect(controller.control.load).toEqual({ model: 'open', rate: 40, maxUsers: 9 });
    expect(events.map(({ kind, text }) => [kind, text])).toEqual([
      ['rate', 'rate changed from 10/s to 40/s, most users changed from 4 to 9'],
    ]);
  });

  it('asks for nothing in a pause and makes up for nothing', async () => {
    const { controller, workers, clock } = await startOpenRun();
    await clock.advanceTo(2);
    controller.control.pause();
    await clock.advanceTo(6);
    controller.control.resume();
    await settle();
    expect(workers[0]?.messages('arrivals').at(-1)?.stages).toEqual([
      { seconds: 3, startRate: 10, endRate: 10 },
      { seconds: 4, startRate: 0, endRate: 0 },
      { seconds: null, startRate: 10, endRate: 10 },
    ]);
    // Users wait for arrivals again when the first one comes.
    expect(workers[0]?.messages('pause')).toEqual([
      { type: 'pause', paused: true, atUs: 3_000_000 },
      { type: 'pause', paused: false, atUs: 6_000_000 },
    ]);
  });

  it('refuses another rate where a ramp decides over it, but not other users', async () => {
    const { controller } = await startOpenRun({ stages: [{ seconds: 60, startRate: 0, endRate: 10 }] });
    expect(errorOf(() => controller.control.changeRate({ rate: 3 })).message).toBe(
      'rampingArrivalRate decides over the rate of this run',
    );
    controller.control.changeRate({ maxUsers: 8 });
    expect(controller.control.load).toMatchObject({ maxUsers: 8 });
  });

  it('refuses values that cannot be, and users', async () => {
    const { control } = (await startOpenRun()).controller;
    expect(errorOf(() => control.changeRate({ rate: 0, maxUsers: 1 }))).toMatchObject({
      code: 'CONFIG_INVALID',
      message:
        'rate: 0 is not a number above 0 up to 10000000; to start nothing, pause the run\n' +
        'maxUsers: 1 is too few: 2 workers share the arrivals, and each needs one user',
    });
    expect(errorOf(() => control.changeUsers({ users: 3 })).code).toBe('CONTROL_REFUSED');
  });
});

describe('the events of a run', () => {
  it('tell of workers that come, go and are lost', async () => {
    const run = await startRun();
    await run.clock.advanceTo(1);
    await run.join();
    run.workers[1]?.send({ type: 'leaving' });
    await settle();
    await run.clock.advanceTo(2);
    run.workers[0]?.disconnect('the cable');
    await settle();
    expect(run.events).toEqual([
      { second: 1, kind: 'workerJoined', text: 'worker 3 joined', values: { worker: 3 } },
      { second: 1, kind: 'workerLeft', text: 'worker 2 was told to leave', values: { worker: 2 } },
      { second: 2, kind: 'workerLost', text: 'worker 1 is lost: the cable', values: { worker: 1 } },
    ]);
    expect(run.controller.control.events).toEqual(run.events);
  });

  it('tell of stages, and why the load ended', async () => {
    const stageAt = (second: number) => (second < 2 ? 'ramp' : undefined);
    const run = await startRun({
      settings: { runTimeMs: 4_000 },
      createLoad: (context) => () => ({
        users: 1,
        spawnRate: 'all',
        stage: stageAt(context.runTimeSeconds()),
      }),
    });
    await run.clock.advanceTo(4);
    expect(run.events.map(({ second, kind, text }) => [second, kind, text])).toEqual([
      [0, 'stage', 'stage ramp began'],
      [2, 'stage', 'stage ramp ended'],
      [4, 'stop', 'the run time is over'],
    ]);
  });

  it('tell of a script that stops the run', async () => {
    const run = await startRun();
    run.workers[0]?.send({ type: 'stopRun', reason: 'enough' });
    await settle();
    expect(run.events).toEqual([{ second: 0, kind: 'stop', text: 'the script stopped the run: enough' }]);
  });
});
