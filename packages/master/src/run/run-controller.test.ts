import { LoadTestShape, type ShapeContext, type ShapeTick } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { createConstantLoad, createShapeLoad, type LoadSource } from './load-source.ts';
import { startRun, type TestRun } from './run-harness.case.ts';

/** A load that says each second what the test wants, and notes when it was asked. */
function createScript(load: (second: number) => ReturnType<LoadSource>): {
  readonly asked: number[];
  readonly createLoad: (context: ShapeContext) => LoadSource;
} {
  const asked: number[] = [];
  return {
    asked,
    createLoad: (context) => () => {
      asked.push(context.runTimeSeconds());
      return load(context.runTimeSeconds());
    },
  };
}

async function stop(run: TestRun): Promise<void> {
  run.controller.stop();
  await settle();
}
const LIMITS = { httpEngine: null, stopTimeoutMs: 5_000, pauseAfterMs: 3_000, endAfterMs: 4_000 };

describe('the start of a run', () => {
  it('tells every worker what it needs to know', async () => {
    const filter = { tags: ['read'], excludeTags: ['slow'] };
    const settings = {
      host: 'http://127.0.0.1:1',
      runTimeMs: 1_500.5,
      maxEntries: 9,
      insecure: true,
      debug: false,
      data: '[5]',
      args: { tenant: 'b' },
      ...filter,
    };
    const { workers } = await startRun({ settings });
    const classes = [{ name: 'Visitor', weight: 1, fixedCount: 0 }];
    for (const worker of workers) {
      expect(worker.messages('prepare')).toEqual([
        {
          type: 'prepare',
          workerIndex: worker === workers[0] ? 0 : 1,
          workers: 2,
          seed: 42,
          host: 'http://127.0.0.1:1',
          scenarios: [{ name: null, classes, open: false, startUs: 0, endUs: null }],
          endUs: 1_500_500,
          ...LIMITS,
          maxEntries: 9,
          insecure: true,
          debug: false,
          data: '[5]',
          args: '{"tenant":"b"}',
          leased: false,
          ttfb: false,
          feeders: [],
          ...filter,
          aggregates: [],
        },
      ]);
      expect(worker.messages('start')).toEqual([{ type: 'start', elapsedUs: 0 }]);
    }
  });

  it('leaves host and end open where there are none', async () => {
    const { workers } = await startRun();
    expect(workers[0]?.messages('prepare')[0]).toMatchObject({ host: null, endUs: null });
  });

  it('gives each worker its row of the first plan, from time zero on', async () => {
    const { workers } = await startRun();
    const plans = workers.map((worker) => worker.messages('plan'));
    expect(plans.map(([plan]) => plan?.row)).toEqual([0, 1]);
    expect(plans[0]).toMatchObject([{ generation: 1, startUs: 0, users: 10, before: [[0], [0]] }]);
  });
});

describe('the load of a run', () => {
  it('is asked for once a second, however long a ramp takes', async () => {
    const { asked, createLoad } = createScript(() => ({ users: 1_000, spawnRate: 1 }));
    const { clock, workers } = await startRun({ createLoad });
    await clock.advanceTo(30.5);
    expect(asked).toEqual(Array.from({ length: 31 }, (_, second) => second));
    expect(workers[0]?.messages('plan')).toHaveLength(1);
  });

  it('is asked for on whole seconds again after a delay, and not for those that passed', async () => {
    const { asked, createLoad } = createScript(() => ({ users: 1, spawnRate: 1 }));
    const { clock } = await startRun({ createLoad });
    await clock.advanceTo(1.2);
    await clock.jumpTo(4.7);
    await clock.advanceTo(6);
    expect(asked).toEqual([0, 1, 4.7, 5, 6]);
  });

  it('becomes a plan where it changes, a moment ahead so that all get it in time', async () => {
    const { createLoad } = createScript((second) => ({ users: second < 2 ? 4 : 8, spawnRate: 2 }));
    const { clock, workers } = await startRun({ createLoad });
    await clock.advanceTo(5);
    const plans = workers[1]?.messages('plan');
    expect(plans?.map(({ generation, startUs, users }) => [generation, startUs, users])).toEqual([
      [1, 0, 4],
      [2, 2_050_000, 8],
    ]);
    expect(plans?.[1]?.before).toEqual([[2], [2]]);
  });

  it('starts at once where nobody runs, and not while the last users still stop', async () => {
    const wanted = [0, 3, 0, 5, 0, 0, 0, 0, 6];
    const { createLoad } = createScript((second) => ({ users: wanted[second] ?? 6, spawnRate: 2 }));
    const { clock, workers } = await startRun({ createLoad });
    await clock.advanceTo(8.5);
    const starts = workers[0]?.messages('plan').map(({ startUs }) => startUs / 1_000_000);
    expect(starts).toEqual([0, 1, 2.05, 3.05, 4.05, 8]);
  });

  it('ends with the run time, to the microsecond and without asking again', async () => {
    const { asked, createLoad } = createScript(() => ({ users: 1, spawnRate: 1 }));
    const run = await startRun({ createLoad, settings: { runTimeMs: 2_300 } });
    await run.clock.advanceTo(2.299_999);
    expect(run.workers[0]?.messages('stop')).toEqual([]);
    await run.clock.advanceTo(2.3);
    expect(run.workers[0]?.messages('stop')).toHaveLength(1);
    expect(asked).toEqual([0, 1, 2]);
    expect((await run.report).durationSeconds).toBe(2.3);
  });

  it('says which worker was the limit itself, by its seconds until the stop', async () => {
    const run = await startRun({ settings: { overloadIsInvalid: true } });
    for (const second of [1, 2, 3]) {
      await run.clock.advanceTo(second);
      run.workers[0]?.reportStatus(5);
      run.workers[1]?.reportStatus(5, 0.99, 40_000);
      await settle();
    }
    run.controller.stop();
    await settle();
    run.workers[0]?.reportStatus(5, 0.99, 90_000);
    const { verdict } = await run.report;
    expect(verdict.kind).toBe('invalid');
    expect(verdict.reasons[0]).toBe(
      'worker 2 was the limit in 3 of 3 seconds: it delayed its own requests, by up to 40 ms',
    );
  });

  it('ends with a shape that has nothing more to say', async () => {
    class Steps extends LoadTestShape {
      tick(): ShapeTick | null {
        return this.getRunTime() < 3 ? { users: 2 + this.getCurrentUserCount(), spawnRate: 100 } : null;
      }
    }
    const run = await startRun({ createLoad: (context) => createShapeLoad(new Steps(), context, []) });
    await run.clock.advanceTo(2.5);
    expect(run.isOver()).toBe(false);
    expect(run.workers[0]?.messages('plan').map(({ users }) => users)).toEqual([2, 4, 6]);
    await run.clock.advanceTo(3);
    expect(await run.report).toMatchObject({ peakUsers: 6, durationSeconds: 3 });
  });

  it('ends with a shape that fails, and the verdict says why', async () => {
    const { createLoad } = createScript((second) => {
      if (second === 2) throw new Error('Steps.tick() threw');
      return { users: 1, spawnRate: 1 };
    });
    const run = await startRun({ createLoad });
    await run.clock.advanceTo(2);
    expect((await run.report).verdict).toMatchObject({
      kind: 'fail',
      reasons: expect.arrayContaining(['Steps.tick() threw']) as unknown,
    });
  });

  it('can be stopped before its first second is over, and twice', async () => {
    const run = await startRun();
    await stop(run);
    await stop(run);
    expect(run.workers[1]?.messages('stop')).toHaveLength(1);
    expect(run.isOver()).toBe(true);
  });
});

describe('a run with a number of iterations', () => {
  it('leases them, and ends when all users have ended after the last one', async () => {
    const run = await startRun({ settings: { iterations: 3 } });
    const [first, second] = run.workers;
    first?.send({ type: 'leaseRequest' });
    second?.send({ type: 'leaseRequest' });
    await settle();
    expect(run.workers.map((worker) => worker.messages('lease')[0]?.count)).toEqual([1, 1]);
    second?.send({ type: 'leaseReturn', count: 1 });
    for (let i = 0; i < 3; i++) {
      first?.send({ type: 'leaseRequest' });
      await settle();
    }
    expect(run.workers.map((worker) => worker.messages('lease').at(-1)?.count)).toEqual([0, 0]);
    first?.send({ type: 'leaseEnd' });
    await settle();
    expect(run.isOver()).toBe(false);
    second?.send({ type: 'leaseEnd' });
    await settle();
    expect(run.isOver()).toBe(true);
    expect((await run.report).warnings).toEqual([]);
  });

  it('names what is lost with a worker, and does not lease it again', async () => {
    const run = await startRun({ settings: { iterations: 4 } });
    const [first, second] = run.workers;
    first?.send({ type: 'leaseRequest' });
    await settle();
    first?.disconnect();
    await settle();
    for (const _ of '123') {
      second?.send({ type: 'leaseRequest' });
      await settle();
    }
    expect(second?.messages('lease').map(({ count }) => count)).toEqual([2, 1, 0]);
    second?.send({ type: 'leaseEnd' });
    expect((await run.report).coverage.gaps).toContain(
      'worker 1: the 1 iterations that it had left may be lost and are not run again',
    );
  });

  it('warns where it ends before that', async () => {
    const run = await startRun({ settings: { iterations: 4, runTimeMs: 1_000 } });
    await run.clock.advanceTo(1);
    expect((await run.report).warnings).toEqual(['the run ended before all of its 4 iterations had begun']);
  });
});

describe('the end of a run', () => {
  it('waits for the last data of every worker', async () => {
    const run = await startRun({ workers: [{}, { delivers: false }] });
    await stop(run);
    await run.clock.advanceTo(4);
    expect(run.isOver()).toBe(false);
    run.workers[1]?.measure(3, '/', [1_000, 2_000]);
    run.workers[1]?.deliver(2_000_000);
    await settle();
    expect(run.isOver()).toBe(true);
    // Until the last user had ended, not until that was known.
    expect(await run.report).toMatchObject({
      durationSeconds: 2,
      total: { requests: 2, requestsPerSecond: 1 },
      coverage: { workers: 2, complete: 2, gaps: [] },
    });
  });

  it('waits for snapshots that were overtaken by the final message', async () => {
    const run = await startRun({ workers: [{ delivers: false }] });
    await stop(run);
    run.workers[0]?.send({ type: 'final', sequence: 1, endedUs: 0, inFlightUs: 0, totals: [] });
    await settle();
    expect(run.isOver()).toBe(false);
    run.workers[0]?.measure(0, '/', []);
    await settle();
    expect(run.isOver()).toBe(true);
  });

  it('gives up 10 s after the stop timeout and names who did not deliver', async () => {
    const run = await startRun({ workers: [{}, { delivers: false }] });
    run.workers[1]?.measure(0, '/', [1_000]);
    await run.clock.advanceTo(1.5);
    await stop(run);
    await run.clock.advanceTo(16.4);
    expect(run.isOver()).toBe(false);
    await run.clock.advanceTo(16.5);
    const { coverage, durationSeconds, total, verdict } = await run.report;
    expect(coverage).toEqual({
      workers: 2,
      complete: 1,
      gaps: ['worker 2: nothing collected from second 1 on (not delivered within 15 s of the stop)'],
    });
    expect(verdict.kind).toBe('incomplete');
    // Waiting for nothing is no part of the run: the rates would look too low.
    expect([durationSeconds, total.requestsPerSecond]).toEqual([1.5, 1 / 1.5]);
  });

  it('does not wait for workers that had delivered by themselves', async () => {
    const run = await startRun({ settings: { runTimeMs: 2_000 } });
    await run.clock.advanceTo(1.9);
    for (const worker of run.workers) worker.deliver();
    await run.clock.advanceTo(1.99);
    expect(run.isOver()).toBe(false);
    await run.clock.advanceTo(2);
    expect((await run.report).coverage.complete).toBe(2);
  });

  it('tears down only then, and the verdict says what went wrong', async () => {
    let calls = 0;
    const afterDrain = async (): Promise<string[]> => {
      calls++;
      return ['teardown() threw'];
    };
    const run = await startRun({ afterDrain, workers: [{ delivers: false }] });
    await stop(run);
    expect(calls).toBe(0);
    run.workers[0]?.deliver();
    expect((await run.report).verdict.reasons).toContain('teardown() threw');
    expect(calls).toBe(1);
  });

  it('leaves no timer behind', async () => {
    const run = await startRun();
    expect(run.clock.pending).toBe(1);
    await stop(run);
    expect(run.clock.pending).toBe(0);
  });
});

describe('snapshots of a run', () => {
  it('are acknowledged, also those that come again', async () => {
    const { workers } = await startRun({ workers: [{}] });
    const [worker] = workers;
    const snapshot = worker?.measure(0, '/', [1_000]);
    worker?.measure(1, '/', [1_000]);
    if (snapshot) worker?.send(snapshot);
    await settle();
    expect(worker?.messages('acknowledge').map(({ sequence }) => sequence)).toEqual([1, 2, 1]);
  });

  it('that cannot be right cost the worker its place', async () => {
    const run = await startRun();
    run.workers[0]?.send({ type: 'final', sequence: 1, endedUs: 0, inFlightUs: 0, totals: [] });
    const next = run.workers[0]?.measure(0, '/', [1_000]);
    if (next) run.workers[0]?.send({ ...next, sequence: 7 });
    await settle();
    expect(run.workers[0]?.closeReason).toBe('snapshot 7 came after 1');
    expect(run.workers[0]?.messages('acknowledge')).toHaveLength(1);
  });
});

describe('what a run shows while it goes on', () => {
  it('is its state: spawning, running, spawning again, stopping', async () => {
    const { createLoad } = createScript((second) => ({ users: second < 4 ? 4 : 8, spawnRate: 2 }));
    const run = await startRun({ createLoad, workers: [{ delivers: false }] });
    await run.clock.advanceTo(7);
    await stop(run);
    await run.clock.advanceTo(8);
    const states = run.updates.map(({ state }) => state);
    expect(states.join(' ')).toBe(
      'spawning spawning running running spawning spawning running running stopping stopping',
    );
    expect(run.updates.map(({ targetUsers }) => targetUsers).slice(-3)).toEqual([8, 0, 0]);
  });

  it('is what was measured and reported so far', async () => {
    const run = await startRun({ settings: { runTimeMs: 9_000 } });
    run.workers.forEach((worker, i) => {
      worker.reportStatus(3 + i);
      for (let second = 0; second < 3; second++) worker.measure(second, '/', [1_000, 3_000]);
    });
    await run.clock.advanceTo(4);
    expect(run.updates.at(-1)).toMatchObject({
      elapsedSeconds: 4,
      runTimeSeconds: 9,
      users: 7,
      targetUsers: 10,
      workers: { connected: 2, expected: 2 },
      total: { requests: 12, requestsPerSecond: 3 },
      entries: [{ name: '/', requests: 12 }],
      recent: { requestsPerSecond: 4, failuresPerSecond: 0 },
      failureKinds: 0,
    });
  });
});

describe('the report of a run', () => {
  it('holds what was set and measured', async () => {
    const run = await startRun({ settings: { host: 'http://127.0.0.1:1' } });
    run.workers[0]?.measure(0, '/', [1_000]);
    run.workers[0]?.reportStatus(5, 0.9);
    run.workers[0]?.reportStatus(5, 0.3);
    await run.clock.advanceTo(2);
    await stop(run);
    expect(await run.report).toMatchObject({
      script: 'load.ts',
      host: 'http://127.0.0.1:1',
      seed: 42,
      durationSeconds: 2,
      peakUsers: 10,
      total: { requests: 1 },
      warnings: [expect.stringContaining('worker 1 (90 %)')],
      verdict: { kind: 'pass' },
    });
  });

  it('counts users up to the moment of the stop and none of the ramp after it', async () => {
    const createLoad = (): LoadSource => createConstantLoad({ users: 100, spawnRate: 10 });
    const run = await startRun({ createLoad, workers: [{ delivers: false }] });
    await run.clock.advanceTo(2.55);
    await stop(run);
    run.workers[0]?.deliver();
    expect((await run.report).peakUsers).toBe(26);
  });
});
