import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { startRun } from './run-harness.case.ts';

const SLOW = { prepares: false };
const prepared = { type: 'prepared', problem: null } as const;

describe('the time before a run', () => {
  it('lasts until every worker is prepared: then comes time zero, the same for all', async () => {
    const { workers, clock, updates } = await startRun({ workers: [{}, SLOW, {}] });
    await clock.advanceTo(7);
    expect(workers.map((worker) => worker.messages('start').length)).toEqual([0, 0, 0]);
    workers[1]?.send(prepared);
    await settle();
    expect(workers.map((worker) => worker.messages('start'))).toEqual(
      Array(3).fill([{ type: 'start', elapsedUs: 0 }]),
    );
    expect(workers.map((worker) => worker.messages('plan')[0]?.startUs)).toEqual([0, 0, 0]);
    expect(updates.map(({ elapsedSeconds }) => elapsedSeconds)).toEqual([0]);
  });

  it('may keep a worker as busy as it likes', async () => {
    const { workers, controller, report } = await startRun({ workers: [SLOW] });
    for (let second = 0; second < 10; second++) workers[0]?.reportStatus(0, 0.99, 900_000);
    workers[0]?.send(prepared);
    await settle();
    workers[0]?.reportStatus(1, 0.1);
    controller.stop();
    expect((await report).warnings).toEqual([]);
  });

  it('ends without a run where the script cannot start on a worker, with a last word of all', async () => {
    let drained = 0;
    const { workers, report } = await startRun({
      workers: [{}, SLOW],
      afterDrain: () => Promise.resolve([`${++drained}`]),
    });
    const error = report.catch((thrown: unknown) => thrown);
    workers[1]?.send({ type: 'prepared', problem: 'Error: no database\n    at load.ts:3:9' });
    expect(await error).toMatchObject({
      code: 'RUN_START_FAILED',
      message: expect.stringMatching(/^onRunStart\(\) .* on worker 2\nError: no database\n.*load\.ts:3:9$/),
    });
    expect(workers.map((worker) => worker.messages('start').length)).toEqual([0, 0]);
    expect(workers.map((worker) => worker.messages('stop').length)).toEqual([1, 1]);
    expect(drained).toBe(1);
  });

  it('ends with the run where that is stopped', async () => {
    const { workers, controller, report } = await startRun({ workers: [SLOW, {}] });
    controller.stop();
    expect(await report).toMatchObject({
      durationSeconds: 0,
      total: { requests: 0 },
      coverage: { complete: 2 },
      verdict: { kind: 'fail', reasons: ['no request came to its end'] },
    });
    expect(workers.map((worker) => worker.messages('start').length)).toEqual([0, 0]);
    expect(workers.map((worker) => worker.messages('stop').length)).toEqual([1, 1]);
  });

  it.each(['rebalance', 'continue'] as const)(
    'does not wait for a worker that is lost, where the others %s',
    async (onWorkerLoss) => {
      const { workers } = await startRun({ workers: [SLOW, {}, {}], settings: { onWorkerLoss } });
      workers[0]?.disconnect();
      await settle();
      expect(workers[1]?.messages('start')).toHaveLength(1);
      const [plan] = workers[1]?.messages('plan') ?? [];
      expect(plan?.before).toHaveLength(onWorkerLoss === 'rebalance' ? 2 : 3);
      expect(workers[1]?.messages('plan')).toHaveLength(1);
    },
  );

  it('ends with the run where a worker is lost that all have to stop for', async () => {
    const { workers, report } = await startRun({ workers: [SLOW, {}], settings: { onWorkerLoss: 'stop' } });
    workers[0]?.disconnect();
    expect((await report).coverage).toMatchObject({ workers: 2, complete: 1 });
    expect(workers[1]?.messages('start')).toEqual([]);
  });
});

describe('the time after the last user', () => {
  it.each([
    [false, 15],
    [true, 55],
  ])('is longer where the script has something to do then: %s', async (endsScript, seconds) => {
    const { controller, clock, isOver } = await startRun({
      workers: [{ delivers: false }],
      settings: { endsScript },
    });
    controller.stop();
    await clock.advanceTo(seconds - 0.01);
    expect(isOver()).toBe(false);
    await clock.advanceTo(seconds);
    expect(isOver()).toBe(true);
  });
});
