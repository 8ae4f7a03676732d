import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { startRun } from './run-harness.case.ts';

describe('a worker that comes while a run goes on', () => {
  it('is prepared, told how old the run is, and part of the next plan', async () => {
    const { clock, workers, join } = await startRun();
    await clock.advanceTo(3);
    const late = await join();
    expect(late.messages('prepare')[0]).toMatchObject({ workerIndex: 2, workers: 3 });
    expect(late.messages('start')).toEqual([{ type: 'start', elapsedUs: 3_000_000 }]);
    const plan = late.messages('plan')[0];
    expect(plan).toMatchObject({ generation: 2, row: 2, before: [[5], [5], [0]], users: 10 });
    for (const worker of workers)
      expect(worker.messages('plan')[1]).toEqual({ ...plan, row: expect.anything() });
  });

  it('is not waited for where it takes long to prepare', async () => {
    const { clock, workers, join } = await startRun();
    const late = await join({ prepares: false });
    await clock.advanceTo(5);
    expect([late.messages('start'), late.messages('plan')]).toEqual([[], []]);
    expect(workers[0]?.messages('plan')).toHaveLength(1);
  });

  it('is counted like the others, and its leaving is a loss like theirs', async () => {
    const { clock, controller, report, join } = await startRun();
    const [stays, goes] = [await join(), await join()];
    stays.measure(0, '/', [1_000, 2_000]);
    goes.disconnect('it crashed');
    await clock.advanceTo(2);
    controller.stop();
    expect(await report).toMatchObject({
      total: { requests: 2 },
      coverage: {
        workers: 4,
        complete: 3,
        gaps: ['worker 4: nothing collected from second 0 on (it crashed)'],
      },
    });
  });

  it('takes no part where its script cannot prepare, and the report says so', async () => {
    const { controller, report, join } = await startRun();
    const late = await join({ prepares: false });
    late.send({ type: 'prepared', problem: 'Error: no database' });
    await settle();
    controller.stop();
    const { coverage, warnings } = await report;
    expect(coverage.workers).toBe(2);
    expect(warnings).toContain(
      'worker 3 came late and took no part: onRunStart() failed there\nError: no database',
    );
  });

  it('takes part from the start on where it comes while the others prepare', async () => {
    const { workers, join } = await startRun({ workers: [{ prepares: false }] });
    const early = await join();
    expect(early.messages('prepare')).toEqual([]);
    workers[0]?.send({ type: 'prepared', problem: null });
    await settle();
    expect(early.messages('plan').at(-1)).toMatchObject({ row: 1, users: 10 });
  });

  it('comes too late once the run is stopping', async () => {
    const { controller, workers, join } = await startRun({ workers: [{ delivers: false }] });
    controller.stop();
    const late = await join();
    expect(late.messages('prepare')).toEqual([]);
    workers[0]?.deliver();
  });

  it('gets iterations of a limited run, or learns that none are left', async () => {
    const { workers, join } = await startRun({ workers: [{}], settings: { iterations: 4 } });
    workers[0]?.send({ type: 'leaseRequest' });
    await settle();
    const late = await join();
    late.send({ type: 'leaseRequest' });
    await settle();
    expect(late.messages('lease')).toEqual([{ type: 'lease', count: 1 }]);
    for (let i = 0; i < 3; i++) {
      for (const worker of [late, ...workers]) worker.send({ type: 'leaseRequest' });
      await settle();
    }
    const later = await join();
    expect(later.messages('lease')).toEqual([{ type: 'lease', count: 0 }]);
  });
});

describe('a worker that leaves a run', () => {
  it('finishes and delivers, the others take over, and nothing is missing', async () => {
    const { clock, controller, workers, report } = await startRun();
    const [leaving, staying] = workers;
    leaving?.measure(0, '/', [1_000]);
    leaving?.send({ type: 'leaving' });
    await settle();
    expect(leaving?.messages('stop')).toHaveLength(1);
    expect(leaving?.messages('goodbye')).toHaveLength(1);
    expect(staying?.messages('plan')[1]).toMatchObject({ row: 0, before: [[5]], users: 10 });
    await clock.advanceTo(1);
    controller.stop();
    expect(await report).toMatchObject({
      total: { requests: 1 },
      coverage: { workers: 2, complete: 2, gaps: [] },
    });
    expect(leaving?.messages('stop')).toHaveLength(1);
  });

  it('is let go only when everything it measured is there', async () => {
    const { controller, workers, report } = await startRun({ workers: [{ delivers: false }, {}] });
    const [leaving] = workers;
    leaving?.send({ type: 'leaving' });
    await settle();
    expect(leaving?.messages('goodbye')).toEqual([]);
    leaving?.deliver();
    await settle();
    expect(leaving?.messages('goodbye')).toHaveLength(1);
    controller.stop();
    expect((await report).coverage.complete).toBe(2);
  });

  it('is a loss where it dies before that', async () => {
    const { controller, workers, report } = await startRun({ workers: [{ delivers: false }, {}] });
    workers[0]?.send({ type: 'leaving' });
    await settle();
    workers[0]?.disconnect('it crashed');
    await settle();
    controller.stop();
    expect((await report).coverage.gaps).toEqual([
      'worker 1: nothing collected from second 0 on (it crashed)',
    ]);
  });

  it('ends the run where it is the last one', async () => {
    const { workers, report } = await startRun({ workers: [{}] });
    workers[0]?.send({ type: 'leaving' });
    expect((await report).coverage).toMatchObject({ workers: 1, complete: 1 });
  });

  it('gives its iterations back to the others', async () => {
    const { workers } = await startRun({ workers: [{ delivers: false }, {}], settings: { iterations: 8 } });
    const [leaving, staying] = workers;
    leaving?.send({ type: 'leaseRequest' });
    leaving?.send({ type: 'leaving' });
    leaving?.send({ type: 'leaseReturn', count: 2 });
    leaving?.deliver();
    await settle();
    let leased = 0;
    while (staying?.messages('lease').at(-1)?.count !== 0) {
      staying?.send({ type: 'leaseRequest' });
      await settle();
    }
    for (const { count } of staying?.messages('lease') ?? []) leased += count;
    expect(leased).toBe(8);
  });
});

describe('a worker that was missing', () => {
  it('is waited for when it is back, and what it delivers counts', async () => {
    const hello = { resumes: true };
    const { controller, workers, report, comeBack, beat, isOver } = await startRun({
      workers: [{ hello }, {}],
    });
    const [missing] = workers;
    const secret = missing?.messages('welcome')[0]?.resumeSecret ?? '';
    missing?.disconnect();
    await settle();
    for (let i = 0; i < 5; i++) {
      beat(1);
      await settle();
    }
    // A second later, since it stops of itself at about that time.
    const plan = { generation: 2, startUs: 1_000_000, before: [[5]], users: 10 };
    expect(workers[1]?.messages('plan').at(-1)).toMatchObject(plan);
    const resume = { workerId: 1, secret, received: 0, ended: true, anew: false };
    const back = await comeBack({ hello, resume, delivers: false });
    controller.stop();
    await settle();
    expect(isOver()).toBe(false);
    back.measure(0, '/', [1_000, 2_000]);
    back.deliver();
    expect(await report).toMatchObject({
      total: { requests: 2 },
      coverage: { workers: 2, complete: 2, gaps: [] },
    });
  });

  it.each(['rebalance', 'continue'] as const)(
    'takes part again under its number, with fresh statistics and its share of the users (%s)',
    async (onWorkerLoss) => {
      const hello = { resumes: true };
      const settings = { onWorkerLoss };
      const { controller, workers, report, join, comeBack, beat, updates, clock } = await startRun({
        workers: [{ hello }, {}],
        settings,
      });
      const [missing] = workers;
      const secret = missing?.messages('welcome')[0]?.resumeSecret ?? '';
      missing?.disconnect();
      await settle();
      for (let i = 0; i < 16; i++) {
        beat(1);
        await settle();
      }
      const resume = { workerId: 1, secret, received: 0, ended: true, anew: false };
      const back = await comeBack({ hello, resume, delivers: false });
      back.measure(0, '/', [1_000, 2_000]);
      back.deliver();
      await settle();
      back.disconnect();
      await settle();
      const again = await join({ hello, resume: { ...resume, anew: true } });
      expect(again.messages('welcome')[0]).toMatchObject({ workerId: 1, resumed: null });
      expect(again.messages('prepare')[0]).toMatchObject({ workerIndex: 0, workers: 2 });
      const plan = again.messages('plan').at(-1);
      expect(plan).toMatchObject({ users: 10, row: 1 });
      expect(plan?.before[1]).toEqual([0]);
      again.measure(7, '/', [9_000]);
      await clock.advanceTo(1.5);
      expect(updates.at(-1)).toMatchObject({ workers: { connected: 2, expected: 2 } });
      controller.stop();
      expect(await report).toMatchObject({
        total: { requests: 3 },
        coverage: { workers: 2, complete: 2, gaps: [] },
      });
    },
  );
});
