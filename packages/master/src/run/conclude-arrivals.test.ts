import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { createSnapshot } from '../statistics/sample-snapshot.case.ts';
import { startRun } from './run-harness.case.ts';
import { sampleScenario } from './scenario-settings.case.ts';

const arrivals = {
  stages: [{ seconds: Number.POSITIVE_INFINITY, startRate: 10, endRate: 10 }],
  poisson: false,
  maxUsers: 20,
  whenBusy: 'drop' as const,
};
const counts = { scenario: 0, next: 10, asked: 5, started: 5, dropped: 0, left: 0, queuedMost: 0 };

/** An open run of a minute on two workers, of which the second never delivers by itself. */
const start = (first = {}) =>
  startRun({
    settings: { scenarios: [sampleScenario({ arrivals })], runTimeMs: 60_000 },
    workers: [first, { delivers: false }],
  });

describe('an open run', () => {
  it('tells its workers the arrivals and no plan of users', async () => {
    const { workers, updates, clock, controller, report } = await start();
    await clock.advanceTo(2);
    expect(workers.map((worker) => worker.messages('prepare')[0]?.scenarios[0]?.open)).toEqual([true, true]);
    expect(workers.map((worker) => worker.messages('plan').length)).toEqual([0, 0]);
    expect(workers.map((worker) => worker.messages('arrivals').map((message) => message.worker))).toEqual([
      [0],
      [1],
    ]);
    expect(updates.at(-1)).toMatchObject({ state: 'running', targetUsers: 20 });
    controller.stop();
    workers[1]?.deliver();
    await report;
  });

  it('reports what the workers told of their arrivals', async () => {
    const { workers, clock, seconds, controller, report } = await start({ delivers: false });
    const told = { ...counts, asked: 5, started: 3, dropped: 1, left: 1, queuedMost: 4 };
    for (const worker of workers) worker.send({ ...createSnapshot(1, []), arrivals: [told] });
    await clock.advanceTo(2);
    controller.stop();
    for (const worker of workers)
      worker.send({ type: 'final', sequence: 1, endedUs: 0, inFlightUs: 0, totals: [] });
    const result = await report;
    expect(result.arrivals).toEqual({
      asked: 10,
      started: 6,
      dropped: 2,
      left: 2,
      lost: 0,
      queuedMost: 8,
      maxUsers: 20,
    });
    expect(seconds[0]?.dropped).toBe(2);
    expect(result.warnings.join('\n')).toContain('2 of 10 arrivals were dropped');
    expect(result.warnings.join('\n')).toContain('2 of 10 arrivals still waited');
    // The schedule asked for 21 until then.
    expect(result.warnings.join('\n')).toContain('the rate asked for 21 iterations, but 6 were started');
  });

  it('declares the arrivals of a lost worker lost, and gives the later ones to the others', async () => {
    const { workers, clock, controller, report } = await start();
    for (const worker of workers) worker.send({ ...createSnapshot(1, []), arrivals: [counts] });
    await clock.advanceTo(2.05);
    workers[1]?.disconnect('it crashed');
    await settle();
    expect(workers[0]?.messages('arrivals').at(-1)).toMatchObject({ generation: 2, from: 31, workers: 1 });
    await clock.advanceTo(5);
    controller.stop();
    const result = await report;
    // It told of all before number 10: 11, 13 ... 29 were its own.
    expect(result.arrivals).toMatchObject({ asked: 20, lost: 10 });
    expect(result.coverage.gaps).toContain(
      'worker 2: 10 arrivals are lost: nobody knows which of them it started before the others took over',
    );
  });
});
