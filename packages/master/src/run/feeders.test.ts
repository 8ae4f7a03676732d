import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import type { FakeWorker } from '../fake-worker.case.ts';
import { define, openFiles, writeFiles } from '../feeders/open-file.case.ts';
import { startRun, type TestRun } from './run-harness.case.ts';
import { sampleScenario } from './scenario-settings.case.ts';

/** A run on two workers whose script has one feeder of unique rows, 1 to `rows`. */
async function startFed(rows: number, setup: Parameters<typeof startRun>[0] = {}): Promise<TestRun> {
  const content = Array.from({ length: rows }, (_, i) => `${i + 1}\n`).join('');
  const folder = await writeFiles({ 'a.csv': `id\n${content}` });
  const feeders = await openFiles(folder, define('a.csv', { order: 'unique', onEnd: 'stop' }));
  return await startRun({ feeders, ...setup });
}

async function request(worker: FakeWorker | undefined, held: number, wanted: number): Promise<void> {
  const answers = worker?.messages('feederRows').length ?? 0;
  worker?.send({ type: 'feederRequest', feeder: 0, held, wanted });
  while (worker && worker.messages('feederRows').length === answers) await settle();
}

const endUsers = async (worker: FakeWorker | undefined, generation: number): Promise<void> => {
  worker?.send({ type: 'usersEnded', generation });
  await settle();
};

describe('a run with feeders', () => {
  it('tells the workers about the columns, and leases rows to those that ask', async () => {
    const { workers, controller, report } = await startFed(5_000);
    expect(workers[0]?.messages('prepare')[0]?.feeders).toEqual([{ columns: ['id'] }]);
    await request(workers[1], 0, 1);
    const [answer] = workers[1]?.messages('feederRows') ?? [];
    const rows = JSON.parse(answer?.rows ?? '') as unknown[];
    expect([rows.length, rows[0], rows[499]]).toEqual([500, ['1'], ['500']]);
    controller.stop();
    await report;
  });

  it('ends when the rows are used and no user is left on any worker', async () => {
    const { workers, isOver, report } = await startFed(3);
    await request(workers[0], 0, 5);
    await endUsers(workers[0], 1);
    await settle();
    expect(isOver()).toBe(false);
    await endUsers(workers[1], 1);
    await report;
    expect(isOver()).toBe(true);
  });

  it('goes on where users of another scenario are still to come', async () => {
    const later = sampleScenario({ name: 'later', classes: [], startMs: 3_000 });
    const { workers, clock, isOver, report } = await startFed(3, {
      settings: { scenarios: [sampleScenario({ name: 'first' }), later] },
    });
    await request(workers[0], 0, 5);
    for (const worker of workers) await endUsers(worker, 1);
    expect(isOver()).toBe(false);
    await clock.advanceTo(3.1);
    // One plan of each scenario.
    for (const worker of workers) await endUsers(worker, 2);
    await report;
    expect(isOver()).toBe(true);
  });

  it('goes on where users may still come', async () => {
    let users = 0;
    const { workers, clock, isOver, report } = await startFed(3, {
      createLoad: () => () => ({ users, spawnRate: 'all' }),
    });
    await request(workers[0], 0, 5);
    for (const worker of workers) await endUsers(worker, 1);
    expect(isOver()).toBe(false);
    users = 5;
    await clock.advanceTo(2);
    for (const worker of workers) await endUsers(worker, 1);
    expect(isOver()).toBe(false);
    for (const worker of workers) await endUsers(worker, 2);
    await report;
  });

  it('names the rows that a lost worker had, and gives them to nobody else', async () => {
    const { workers, controller, report } = await startFed(5_000);
    await request(workers[0], 0, 1);
    workers[0]?.disconnect();
    await settle();
    await request(workers[1], 0, 1);
    const rows = JSON.parse(workers[1]?.messages('feederRows')[0]?.rows ?? '') as unknown[];
    expect(rows[0]).toEqual(['501']);
    controller.stop();
    const { coverage, verdict } = await report;
    expect(coverage.gaps).toContainEqual(
      expect.stringMatching(/^worker 1: rows 1 to 500 of a\.csv were leased to it/),
    );
    expect(verdict.reasons).toContainEqual(expect.stringContaining('rows 1 to 500'));
  });

  it('ends and says why where a file cannot be read any more', async () => {
    const feeders = [
      {
        definition: define('a.csv'),
        source: {
          size: 10,
          columns: null,
          bytesOf: () => 1,
          read: () => Promise.reject(new Error('gone')),
          close: () => Promise.resolve(),
        },
      },
    ];
    const { workers, report } = await startRun({ feeders });
    workers[0]?.send({ type: 'feederRequest', feeder: 0, held: 0, wanted: 1 });
    const { verdict } = await report;
    expect(verdict).toMatchObject({ kind: 'fail' });
    expect(verdict.reasons).toContain('a.csv could not be read any more: gone');
  });

  it('gives up a worker that asks for what it cannot', async () => {
    const { workers, controller, report } = await startFed(10);
    workers[0]?.send({ type: 'feederRequest', feeder: 4, held: 0, wanted: 1 });
    await settle();
    expect(workers[0]?.closeReason).toContain('the worker asks for feeder 4');
    controller.stop();
    await report;
  });
});
