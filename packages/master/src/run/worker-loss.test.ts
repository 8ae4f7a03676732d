import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { createConstantLoad } from './load-source.ts';
import { startRun, type TestRun } from './run-harness.case.ts';
import type { WorkerLossPolicy } from './run-settings.ts';

/** Nine users on three workers; the third one is the one to be lost, and never delivers by itself. */
function startThree(onWorkerLoss: WorkerLossPolicy, spawnRate: number | 'all' = 'all'): Promise<TestRun> {
  return startRun({
    workers: [{}, {}, { delivers: false }],
    settings: { onWorkerLoss },
    createLoad: () => createConstantLoad({ users: 9, spawnRate }),
  });
}

async function loseThird({ workers }: TestRun): Promise<void> {
  workers[2]?.disconnect('it crashed');
  await settle();
}

function generations(run: TestRun): number[][] {
  return run.workers.map((worker) => worker.messages('plan').map(({ generation }) => generation));
}

const GAP = 'worker 3: nothing collected from second 0 on (it crashed)';

describe('a worker lost while the run goes on', () => {
  it('hands its users to the others under rebalance, and only they get the new plan', async () => {
    const run = await startThree('rebalance');
    await run.clock.advanceTo(2.5);
    await loseThird(run);
    expect(generations(run)).toEqual([[1, 2], [1, 2], [1]]);
    expect(run.workers[1]?.messages('plan')[1]).toMatchObject({
      startUs: 2_550_000,
      users: 9,
      before: [[3], [3]],
      row: 1,
      ordinals: [9],
    });
    await run.clock.advanceTo(3);
    expect(run.updates.at(-1)).toMatchObject({
      state: 'running',
      targetUsers: 9,
      workers: { connected: 2, expected: 3 },
    });
    run.controller.stop();
    expect((await run.report).coverage).toEqual({ workers: 3, complete: 2, gaps: [GAP] });
  });

  it('in the middle of a ramp has the others go on from where all were', async () => {
    const run = await startThree('rebalance', 1);
    await run.clock.advanceTo(4.5);
    await loseThird(run);
    const plan = run.workers[0]?.messages('plan')[1];
    expect(plan).toMatchObject({ generation: 2, startUs: 4_550_000, before: [[2], [2]], ordinals: [5] });
    await run.clock.advanceTo(8);
    expect(run.updates.at(-1)?.state).toBe('spawning');
    await run.clock.advanceTo(9);
    expect(run.updates.at(-1)?.state).toBe('running');
  });

  it('changes nothing for the others under continue', async () => {
    const run = await startThree('continue');
    await run.clock.advanceTo(2.5);
    await loseThird(run);
    await run.clock.advanceTo(4.5);
    expect(generations(run)).toEqual([[1], [1], [1]]);
    expect(run.isOver()).toBe(false);
    run.controller.stop();
    expect((await run.report).coverage.gaps).toEqual([GAP]);
  });

  it('ends the run under stop, in order', async () => {
    const run = await startThree('stop');
    await run.clock.advanceTo(2.5);
    await loseThird(run);
    expect(generations(run)).toEqual([[1], [1], [1]]);
    expect(run.workers.map((worker) => worker.messages('stop').length)).toEqual([1, 1, 0]);
    expect(await run.report).toMatchObject({ durationSeconds: 2.5, coverage: { complete: 2, gaps: [GAP] } });
  });

  it.each(['rebalance', 'continue', 'stop'] as const)(
    'as the last one ends the run under %s',
    async (policy) => {
      const run = await startThree(policy);
      await run.clock.advanceTo(1.5);
      for (const worker of run.workers) worker.disconnect('it crashed');
      await settle();
      const { coverage, verdict, durationSeconds } = await run.report;
      expect(durationSeconds).toBe(1.5);
      expect(coverage).toMatchObject({ workers: 3, complete: 0 });
      expect(coverage.gaps).toHaveLength(3);
      expect(verdict.kind).not.toBe('pass');
    },
  );

  it('keeps what it had delivered', async () => {
    const run = await startThree('continue');
    run.workers[2]?.measure(0, '/', [1_000, 2_000]);
    await run.clock.advanceTo(1.5);
    await loseThird(run);
    run.controller.stop();
    const { total, coverage } = await run.report;
    expect(total.requests).toBe(2);
    expect(coverage.gaps).toEqual(['worker 3: nothing collected from second 1 on (it crashed)']);
  });

  it('no longer counts among the users that run', async () => {
    const run = await startThree('continue');
    for (const worker of run.workers) worker.reportStatus(3);
    await run.clock.advanceTo(1);
    expect(run.updates.at(-1)?.users).toBe(9);
    await loseThird(run);
    await run.clock.advanceTo(2);
    expect(run.updates.at(-1)?.users).toBe(6);
  });
});

describe('a worker lost while the run stops', () => {
  it.each(['rebalance', 'continue', 'stop'] as const)(
    'is not waited for, and makes no plan under %s',
    async (policy) => {
      const run = await startThree(policy);
      await run.clock.advanceTo(1.5);
      run.controller.stop();
      await run.clock.advanceTo(3);
      expect(run.isOver()).toBe(false);
      await loseThird(run);
      expect(run.isOver()).toBe(true);
      expect(generations(run)).toEqual([[1], [1], [1]]);
      expect(await run.report).toMatchObject({
        durationSeconds: 1.5,
        coverage: { workers: 3, complete: 2, gaps: [GAP] },
      });
    },
  );

  it('after it has delivered leaves nothing out', async () => {
    const run = await startRun({ workers: [{}, { delivers: false }] });
    run.controller.stop();
    await settle();
    run.workers[0]?.disconnect('it left early');
    run.workers[1]?.deliver();
    expect((await run.report).coverage).toEqual({ workers: 2, complete: 2, gaps: [] });
  });
});
