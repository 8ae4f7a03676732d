import { LoadtsError, type RunReport } from '@loadts/core';
import { BUNDLE_CHUNK_BYTES, type LogLine } from '@loadts/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock, settle } from './fake-clock.case.ts';
import { FakeWorker, type FakeWorkerOptions, TOKEN } from './fake-worker.case.ts';
import { Master, type MasterOptions } from './master.ts';
import { createConstantLoad } from './run/load-source.ts';
import { createSettings, IDLE_OBSERVER } from './run/run-harness.case.ts';
import type { RunSettings } from './run/run-settings.ts';

const HASH = 'c0ffee';
const patient = new AbortController().signal;

let clock: FakeClock;
let master: Master;
let lost: [number, string][];
let logged: [number, LogLine][];

function createMaster(options: Partial<MasterOptions> = {}): Master {
  return new Master({
    clock,
    token: TOKEN,
    host: '127.0.0.1',
    port: 0,
    bundle: { code: 'export {}', hash: HASH },
    onWorkerLog: (...line) => logged.push(line),
    onWorkerLost: (...loss) => lost.push(loss),
    ...options,
  });
}

async function join(options: FakeWorkerOptions = {}): Promise<FakeWorker> {
  const worker = new FakeWorker((connection) => master.accept(connection), options).greet();
  await settle();
  return worker;
}

function run(settings: Partial<RunSettings> = {}): Promise<RunReport> {
  return master.run({
    settings: createSettings({ onWorkerLoss: 'continue', ...settings }),
    feeders: [],
    createLoad: () => createConstantLoad({ users: 4, spawnRate: 'all' }),
    afterDrain: () => Promise.resolve([]),
    observer: IDLE_OBSERVER,
    onUpdate: () => {},
  });
}

beforeEach(async () => {
  clock = new FakeClock();
  lost = [];
  logged = [];
  master = createMaster();
  await master.listen();
});

afterEach(() => master.close());

describe('a master', () => {
  it('listens on a free port where none is given, and says when one is taken', async () => {
    const other = createMaster();
    const port = await other.listen();
    expect(port).toBeGreaterThan(0);
    await expect(createMaster({ port }).listen()).rejects.toThrow(`127.0.0.1:${port} is in use`);
    await other.close();
  });

  it('refuses a script that is too large before any worker is there', () => {
    const bundle = { code: 'x'.repeat(64 * BUNDLE_CHUNK_BYTES + 1), hash: HASH };
    expect(() => createMaster({ bundle })).toThrow('the bundled script has 67108865 bytes');
  });

  it('counts workers in the order of their joining and gives each the whole script', async () => {
    const code = 'x'.repeat(BUNDLE_CHUNK_BYTES + 3);
    await master.close();
    master = createMaster({ bundle: { code, hash: HASH } });
    await join({ token: 'wrong' });
    const workers = [await join(), await join()];
    expect(workers.map((worker) => worker.messages('welcome')[0]?.workerId)).toEqual([1, 2]);
    for (const worker of workers) {
      const parts = worker.messages('bundle');
      expect(Buffer.concat(parts.map(({ bytes }) => bytes)).toString() === code).toBe(true);
      expect(parts.map(({ hash, size }) => [hash, size])).toEqual([
        [HASH, code.length],
        [HASH, code.length],
      ]);
    }
  });

  it('sends nothing of the script to a worker that has it already', async () => {
    const worker = await join({ hasScript: true });
    expect(worker.messages('offer')).toEqual([{ type: 'offer', hash: HASH, size: 9 }]);
    expect(worker.messages('bundle')).toEqual([]);
    await master.waitForWorkers(1, patient);
  });

  it('passes on what workers log', async () => {
    await join();
    const worker = await join();
    const lines: LogLine[] = [
      { level: 'warn', text: 'slow' },
      { level: 'info', text: 'done' },
    ];
    worker.send({ type: 'log', lines });
    await settle();
    expect(logged).toEqual(lines.map((line) => [2, line]));
  });

  it('tells of a worker that is lost', async () => {
    const worker = await join();
    worker.disconnect('the cable was cut');
    await settle();
    expect(lost).toEqual([[1, 'the cable was cut']]);
  });

  it('loses no word about a stranger who never joined', async () => {
    const worker = await join({ token: 'wrong' });
    expect(worker.closeReason).toBeDefined();
    expect(lost).toEqual([]);
  });

  it('says goodbye to those that joined when it closes, and then misses nobody', async () => {
    const worker = await join();
    const stranger = new FakeWorker((connection) => master.accept(connection));
    await master.close();
    worker.disconnect();
    await settle();
    expect(worker.received.at(-1)).toEqual({ type: 'goodbye' });
    expect(stranger.received).toEqual([]);
    expect(lost).toEqual([]);
  });
});

describe('waiting for workers', () => {
  it('ends when all have loaded the script', async () => {
    const ready = vi.fn<() => void>();
    const waiting = master.waitForWorkers(2, patient).then(ready);
    await join();
    expect(ready).not.toHaveBeenCalled();
    await join();
    await waiting;
  });

  it('fails with the problem of a worker that cannot load it', async () => {
    const waiting = master.waitForWorkers(2, patient);
    void join();
    void join({ scriptProblem: "Cannot find module 'pg'" });
    const error = new LoadtsError(
      'SCRIPT_LOAD_FAILED',
      "worker 2 could not load the script: Cannot find module 'pg'",
    );
    await expect(waiting).rejects.toThrow(error);
  });

  it('does not count a worker that loaded another script: it is lost', async () => {
    const stop = new AbortController();
    const waiting = master.waitForWorkers(1, stop.signal);
    const worker = await join({ scriptHash: 'abad1dea' });
    expect(worker.closeReason).toBe('the worker loaded another script than it was sent');
    expect(lost).toEqual([[1, worker.closeReason]]);
    stop.abort(new Error('nobody came'));
    await expect(waiting).rejects.toThrow('nobody came');
  });
});

describe('the heartbeat of a master', () => {
  it('beats once a second', async () => {
    const worker = await join();
    await clock.advanceTo(10.5);
    expect(worker.messages('heartbeat')).toHaveLength(10);
    expect(lost).toEqual([]);
  });

  it('gives up a worker after 4 s of silence, not before', async () => {
    await clock.advanceTo(10.5);
    const worker = await join();
    worker.freeze();
    await clock.advanceTo(14.5);
    expect(lost).toEqual([]);
    await clock.advanceTo(15.5);
    expect(lost).toEqual([[1, 'nothing heard for 4 s']]);
    expect(worker.closeReason).toBe('nothing heard for 4 s');
  });

  it('does not blame workers for its own absence', async () => {
    await join();
    await clock.advanceTo(3);
    await clock.jumpTo(60);
    await clock.advanceTo(63);
    expect(lost).toEqual([]);
  });

  it('cuts off a stranger who says nothing', async () => {
    const stranger = new FakeWorker((connection) => master.accept(connection));
    await clock.advanceTo(5.5);
    expect(stranger.closeReason).toBe('nothing heard for 4 s');
    expect(lost).toEqual([]);
  });

  it('ends with the master', async () => {
    const worker = await join();
    await master.close();
    await clock.advanceTo(3);
    expect(worker.messages('heartbeat')).toEqual([]);
  });
});

describe('a run of a master', () => {
  it('takes place on the workers that are ready, until it is stopped', async () => {
    const [first, second] = [await join(), await join()];
    const early = await join({ scriptProblem: 'no such file' });
    const report = run();
    first.measure(0, '/', [1_000, 2_000]);
    second.measure(0, '/', [3_000]);
    await clock.advanceTo(2);
    master.stop();
    expect(await report).toMatchObject({
      total: { requests: 3 },
      coverage: { workers: 2, complete: 2, gaps: [] },
    });
    expect([first, second, early].map((worker) => worker.messages('stop').length)).toEqual([1, 1, 0]);
  });

  it('is followed by another one on the same workers', async () => {
    const worker = await join();
    for (const runs of [1, 2]) {
      const report = run();
      await settle();
      master.stop();
      expect((await report).coverage.complete).toBe(1);
      expect(worker.messages('start')).toHaveLength(runs);
    }
  });

  it('begins each time with fresh statistics and fresh users, whoever came or went between', async () => {
    const [staying, leaving] = [await join(), await join()];
    const first = run();
    await settle();
    staying.measure(0, '/first', [1_000, 2_000]);
    await settle();
    master.stop();
    expect((await first).total.requests).toBe(2);
    leaving.disconnect();
    staying.forget();
    const late = await join();
    const second = run();
    await settle();
    staying.measure(0, '/second', [3_000]);
    late.measure(0, '/second', [4_000]);
    await settle();
    master.stop();
    const { entries, coverage } = await second;
    expect(entries.map(({ name, requests }) => [name, requests])).toEqual([['/second', 2]]);
    expect(coverage).toEqual({ workers: 2, complete: 2, gaps: [] });
    const [before, after] = staying.messages('plan');
    expect([before, after]).toMatchObject([
      { generation: 1, ordinals: [0], before: [[0], [0]] },
      { generation: 1, ordinals: [0], before: [[0], [0]] },
    ]);
    expect(staying.messages('bundle')).toHaveLength(1);
  });

  it('takes place without workers that have left', async () => {
    const [leaving] = [await join(), await join()];
    leaving.disconnect();
    await settle();
    const report = run();
    master.stop();
    expect((await report).coverage.workers).toBe(1);
  });

  it('no longer cares for its workers once it is over', async () => {
    const [leaving, staying] = [await join(), await join()];
    const report = run({ onWorkerLoss: 'rebalance' });
    await settle();
    master.stop();
    await report;
    leaving.disconnect();
    await settle();
    expect(staying.messages('plan')).toHaveLength(1);
  });

  it('is refused where no worker is ready', async () => {
    await join({ scriptProblem: 'it fails' });
    await expect(run()).rejects.toThrow(new LoadtsError('WORKERS_MISSING', 'no worker is ready for the run'));
  });

  it('loses a worker whose snapshot cannot be right, and says why', async () => {
    const [worker, other] = [await join(), await join()];
    const report = run();
    worker.measure(0, '/', [1_000]);
    const { crc32, ...next } = worker.measure(1, '/', [1_000]);
    await settle();
    worker.send({ ...next, sequence: 3, firstInterval: 2, lastInterval: 2, crc32: (crc32 ^ 1) >>> 0 });
    await settle();
    expect(lost).toEqual([[1, 'snapshot 3 was damaged on its way']]);
    expect(worker.closeReason).toBe('snapshot 3 was damaged on its way');
    expect(other.closeReason).toBeUndefined();
    master.stop();
    const { total, coverage } = await report;
    expect(total.requests).toBe(2);
    expect(coverage).toEqual({
      workers: 2,
      complete: 1,
      gaps: ['worker 1: nothing collected from second 2 on (snapshot 3 was damaged on its way)'],
    });
  });

  it('hears of a worker that is lost', async () => {
    const worker = await join();
    const report = run();
    worker.disconnect('it crashed');
    expect((await report).coverage.gaps).toEqual([
      'worker 1: nothing collected from second 0 on (it crashed)',
    ]);
  });
});
