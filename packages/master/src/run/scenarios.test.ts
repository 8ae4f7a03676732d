import { parseThresholds } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { createSnapshot } from '../statistics/sample-snapshot.case.ts';
import { createConstantLoad } from './load-source.ts';
import { startRun, type TestRun } from './run-harness.case.ts';
import type { RunSettings, ScenarioSettings } from './run-settings.ts';
import { sampleScenario } from './scenario-settings.case.ts';

const classOf = (name: string) => [{ name, weight: 1, fixedCount: 0 }];
const browse = (fields: Partial<ScenarioSettings> = {}): ScenarioSettings =>
  sampleScenario({ name: 'browse', classes: classOf('Browser'), ...fields });
const buy = (fields: Partial<ScenarioSettings> = {}): ScenarioSettings =>
  sampleScenario({ name: 'buy', classes: classOf('Buyer'), ...fields });
const ARRIVALS = {
  stages: [{ seconds: Number.POSITIVE_INFINITY, startRate: 10, endRate: 10 }],
  poisson: false,
  maxUsers: 20,
  whenBusy: 'drop' as const,
};

/** A run of these scenarios on two workers; a closed one has ten times as many users as its number, from 1. */
const start = (scenarios: readonly ScenarioSettings[], settings: Partial<RunSettings> = {}) =>
  startRun({
    settings: { scenarios, ...settings },
    createLoad: (_, index) => createConstantLoad({ users: 10 * (index + 1), spawnRate: 'all' }),
  });

/** What a worker was told of a scenario: generation and users of its plans, generations and shares of its arrivals. */
function told(run: TestRun, scenario: number, worker = 0) {
  const { received } = run.workers[worker] ?? expect.fail();
  return received.flatMap((message) => {
    if (message.type === 'plan' && message.scenario === scenario) {
      return [[message.generation, message.users, message.startUs]];
    }
    if (message.type !== 'arrivals' || message.scenario !== scenario) return [];
    return [[message.generation, message.worker, message.workers]];
  });
}

async function stop(run: TestRun) {
  run.controller.stop();
  await settle();
  return run.report;
}

describe('a run of several scenarios', () => {
  it('plans each for itself, from its own start on its own time', async () => {
    const run = await start([browse(), buy({ startMs: 2_500 })]);
    await run.clock.advanceTo(2.4);
    expect([told(run, 0), told(run, 1)]).toEqual([[[1, 10, 0]], []]);
    expect(run.updates.at(-1)).toMatchObject({ targetUsers: 10, state: 'running' });
    await run.clock.advanceTo(2.5);
    await settle();
    expect(told(run, 1)).toEqual([[1, 20, 0]]);
    await run.clock.advanceTo(4);
    expect(run.updates.at(-1)).toMatchObject({ targetUsers: 30, state: 'running' });
    const report = await stop(run);
    expect(report.peakUsers).toBe(30);
    expect(
      report.scenarios?.map(({ name, startSecond, endSecond }) => [name, startSecond, endSecond]),
    ).toEqual([
      ['browse', 0, 4],
      ['buy', 2.5, 4],
    ]);
  });

  it('has the time of a shape begin with its scenario', async () => {
    const seen: number[] = [];
    const run = await startRun({
      settings: { scenarios: [browse(), buy({ startMs: 2_000 })] },
      createLoad:
        ({ runTimeSeconds }, index) =>
        () => {
          if (index === 1) seen.push(runTimeSeconds());
          return { users: 1, spawnRate: 'all' };
        },
    });
    await run.clock.advanceTo(4.1);
    expect(seen).toEqual([0, 1, 2]);
    await stop(run);
  });

  it('dismisses the users of one that ends, and ends with the last one', async () => {
    const run = await start([browse({ endMs: 3_000 }), buy({ startMs: 1_000, endMs: 5_000 })], {
      runTimeMs: 5_000,
    });
    await run.clock.advanceTo(4);
    expect(told(run, 0)).toEqual([
      [1, 10, 0],
      [2, 0, 3_050_000],
    ]);
    expect(told(run, 1)).toEqual([[1, 20, 0]]);
    expect(run.updates.at(-1)).toMatchObject({ targetUsers: 20 });
    expect(run.isOver()).toBe(false);
    await run.clock.advanceTo(5);
    const report = await run.report;
    expect(report.durationSeconds).toBe(5);
    expect(report.scenarios?.map(({ startSecond, endSecond }) => [startSecond, endSecond])).toEqual([
      [0, 3],
      [1, 5],
    ]);
    // Nobody needs a plan to end with the run.
    expect(told(run, 1)).toEqual([[1, 20, 0]]);
  });

  it('ends when the shapes of all have ended', async () => {
    const run = await startRun({
      settings: { scenarios: [browse(), buy()] },
      createLoad:
        ({ runTimeSeconds }, index) =>
        () =>
          runTimeSeconds() < 2 * (index + 1) ? { users: 1, spawnRate: 'all' } : undefined,
    });
    await run.clock.advanceTo(4);
    expect((await run.report).durationSeconds).toBe(4);
  });

  it('goes on while a scenario has yet to begin', async () => {
    const run = await start([browse({ endMs: 1_000 }), buy({ startMs: 3_000 })]);
    await run.clock.advanceTo(2);
    expect(run.isOver()).toBe(false);
    await run.clock.advanceTo(3.1);
    expect(told(run, 1)).toEqual([[1, 20, 0]]);
    await stop(run);
  });

  it('ends with the last iteration of all, also while a scenario has yet to begin', async () => {
    const run = await start([browse(), buy({ startMs: 60_000 })], { iterations: 1 });
    for (const worker of run.workers) worker.send({ type: 'leaseRequest' });
    await settle();
    for (const worker of run.workers) worker.send({ type: 'leaseRequest' });
    for (const worker of run.workers) worker.send({ type: 'leaseEnd' });
    await run.report;
    expect(told(run, 1)).toEqual([]);
  });

  it('tells arrivals of an open one beside the plans of a closed one', async () => {
    const run = await start([browse(), buy({ arrivals: ARRIVALS, startMs: 1_000, endMs: 60_000 })]);
    await run.clock.advanceTo(1.1);
    expect([told(run, 0), told(run, 1), told(run, 1, 1)]).toEqual([[[1, 10, 0]], [[1, 0, 2]], [[1, 1, 2]]]);
    expect(run.workers[0]?.messages('prepare')[0]?.scenarios).toMatchObject([
      { name: 'browse', open: false, startUs: 0, endUs: null },
      { name: 'buy', open: true, startUs: 1_000_000, endUs: 60_000_000 },
    ]);
    await stop(run);
  });

  it('shares what a lost worker had out in each, also where the scenario has yet to begin', async () => {
    const later = buy({ name: 'later', classes: classOf('Guest'), startMs: 10_000 });
    const run = await start([browse(), buy({ arrivals: ARRIVALS }), later]);
    await run.clock.advanceTo(2);
    run.workers[1]?.disconnect('it crashed');
    await settle();
    expect(told(run, 0).at(-1)).toEqual([2, 10, 2_050_000]);
    expect(told(run, 1).at(-1)).toEqual([2, 0, 1]);
    expect(told(run, 2)).toEqual([]);
    await run.clock.advanceTo(10.1);
    const [plan] = run.workers[0]?.messages('plan').filter(({ scenario }) => scenario === 2) ?? [];
    expect(plan).toMatchObject({ users: 30, before: [[0]], row: 0 });
    await stop(run);
  });

  it('gives a worker that joins its share of each, also where the scenario has yet to begin', async () => {
    const run = await start([browse(), buy({ startMs: 5_000 })]);
    await run.clock.advanceTo(2);
    const late = await run.join();
    await run.clock.advanceTo(2.2);
    const rows = () =>
      late.messages('plan').map(({ scenario, before, row }) => [scenario, before.length, row]);
    expect(rows()).toEqual([[0, 3, 2]]);
    await run.clock.advanceTo(5.2);
    expect(rows()).toEqual([
      [0, 3, 2],
      [1, 3, 2],
    ]);
    await stop(run);
  });

  it('can be paused as a whole, those that have yet to begin included, but not be changed by hand', async () => {
    const later = buy({ name: 'later', classes: classOf('Guest'), arrivals: ARRIVALS, startMs: 9_000 });
    const run = await start([browse(), buy({ arrivals: ARRIVALS, startMs: 1_000 }), later]);
    await run.clock.advanceTo(3.5);
    const { control } = run.controller;
    expect(control.load).toEqual({ model: 'scenarios', users: 30 });
    for (const change of [() => control.changeUsers({ users: 3 }), () => control.changeRate({ rate: 3 })]) {
      expect(change).toThrow('the list of scenarios in the script decides over the');
    }
    control.pause();
    await settle();
    const rates = (scenario: number) =>
      run.workers[0]
        ?.messages('arrivals')
        .findLast((message) => message.scenario === scenario)
        ?.stages.map(({ seconds, startRate }) => [seconds, startRate]);
    expect(run.workers[0]?.messages('pause')).toMatchObject([{ paused: true, atUs: 4_500_000 }]);
    expect(rates(1)).toEqual([
      [3.5, 10],
      [null, 0],
    ]);
    expect(rates(2)).toEqual([[null, 0]]);
    await run.clock.advanceTo(5.5);
    control.resume();
    await settle();
    expect(rates(1)).toEqual([
      [3.5, 10],
      [2, 0],
      [null, 10],
    ]);
    expect(rates(2)).toEqual([[null, 10]]);
    await stop(run);
    expect(run.events.map(({ second, text }) => [second, text])).toEqual([
      [0, 'scenario browse began'],
      [1, 'scenario buy began'],
      [3.5, 'paused'],
      [5.5, 'resumed'],
      [5.5, 'stopped'],
    ]);
  });

  it('counts arrivals, entries and thresholds of each, and adds them up', async () => {
    const texts = [
      'dropped{scenario="buy"} < 1',
      'dropped{scenario="spike"} < 1',
      'max{scenario="browse"} < 1ms',
    ];
    const spike = buy({ name: 'spike', classes: classOf('Guest'), arrivals: ARRIVALS, startMs: 500 });
    const run = await start([browse(), buy({ arrivals: ARRIVALS }), spike], {
      thresholds: parseThresholds(texts),
    });
    const counts = { next: 10, asked: 10, started: 10, dropped: 0, left: 0, queuedMost: 1 };
    const entries = [0, 1, 2].map((entryId) => ({ entryId, timesUs: [2_000 * (entryId + 1)] }));
    for (const [index, worker] of run.workers.entries()) {
      worker.send({
        ...createSnapshot(1, index === 0 ? entries : []),
        newEntries: [0, 1, 2].map((id) => ({ id, scenario: id, method: 'GET', name: '/' })),
        arrivals: [
          { ...counts, scenario: 1 },
          { ...counts, scenario: 2, started: 7, dropped: 3 },
        ],
      });
    }
    await run.clock.advanceTo(1.2);
    const report = await stop(run);
    expect(
      report.scenarios?.map(({ name, arrivals, total }) => [name, arrivals?.asked, total.maxMs]),
    ).toEqual([
      ['browse', undefined, 2],
      ['buy', 20, 4],
      ['spike', 20, 6],
    ]);
    expect(report.arrivals).toMatchObject({ asked: 40, started: 34, dropped: 6, maxUsers: 40 });
    expect(report.entries.map(({ scenario, name }) => [scenario, name])).toEqual([
      ['browse', '/'],
      ['buy', '/'],
      ['spike', '/'],
    ]);
    expect(report.thresholds.map(({ passed }) => passed)).toEqual([true, false, false]);
    expect(report.warnings.join('\n')).toContain(
      '6 of 20 arrivals of spike were dropped, since all 20 users were busy: allow more with maxUsers',
    );
    expect(run.seconds[0]?.dropped).toBe(6);
  });

  it('takes nothing of a scenario that there is not', async () => {
    const run = await start([browse()]);
    run.workers[0]?.send({
      ...createSnapshot(1, []),
      newEntries: [{ id: 0, scenario: 1, method: 'GET', name: '/' }],
    });
    await settle();
    expect(run.workers[0]?.closeReason).toContain('scenario 1 is none of this run');
    await stop(run);
  });
});
