import type { RunReport } from '@loadts/core';
import { type Connection, connect, encodeMessage } from '@loadts/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from './fake-clock.case.ts';
import { FakeWorker, type FakeWorkerOptions, TOKEN } from './fake-worker.case.ts';
import { Master } from './master.ts';
import { createConstantLoad } from './run/load-source.ts';
import { createSettings, IDLE_OBSERVER } from './run/run-harness.case.ts';

const TIMEOUT = { timeout: 20_000 };

let master: Master;
let url: string;
let refused: string[];
let broken: string[];

async function join(options: FakeWorkerOptions = {}): Promise<FakeWorker> {
  return new FakeWorker(await connect(url), options).greet();
}

function run(): Promise<RunReport> {
  return master.run({
    settings: createSettings(),
    feeders: [],
    createLoad: () => createConstantLoad({ users: 300, spawnRate: 'all' }),
    afterDrain: () => Promise.resolve([]),
    observer: IDLE_OBSERVER,
    onUpdate: () => {},
  });
}

beforeEach(async () => {
  [refused, broken] = [[], []];
  master = new Master({
    clock: new FakeClock(),
    token: TOKEN,
    host: '127.0.0.1',
    port: 0,
    bundle: { code: `export const text = '${'x'.repeat(200_000)}';`, hash: 'c0ffee' },
    onWorkerLog: (worker, { text }) => broken.push(`${worker} ${text}`),
    onWorkerLost: () => {},
    onRefused: (reason) => refused.push(reason),
  });
  url = `ws://127.0.0.1:${await master.listen()}`;
});

afterEach(() => master.close());

describe('a master on a real socket', () => {
  it('takes 150 workers that come at once, and counts what each of them measured', async () => {
    const patient = new AbortController().signal;
    const waiting = master.waitForWorkers(150, patient);
    const workers = await Promise.all(Array.from({ length: 150 }, () => join()));
    await waiting;
    const report = run();
    await vi.waitUntil(() => workers.every((worker) => worker.messages('plan').length > 0), TIMEOUT);
    for (const worker of workers) worker.measure(0, '/', [1_000, 2_000]);
    await vi.waitUntil(() => workers.every((worker) => worker.messages('acknowledge').length > 0), TIMEOUT);
    master.stop();
    expect(await report).toMatchObject({
      total: { requests: 300 },
      coverage: { workers: 150, complete: 150, gaps: [] },
    });
    const rows = workers.map((worker) => worker.messages('plan')[0]?.row);
    expect(new Set(rows).size).toBe(150);
  });

  it.each<[string, (connection: Connection) => void, RegExp]>([
    [
      'rubbish',
      (connection) => connection.send(Buffer.from('GET / HTTP/1.1')),
      /not readable as MessagePack/,
    ],
    [
      'a message of the middle of a run',
      (connection) => connection.send(encodeMessage({ type: 'leaseEnd' })),
      /"leaseEnd" where its hello belongs/,
    ],
    ['64 KiB and more', (connection) => connection.send(Buffer.alloc(70_000)), /more than 65536/],
    ['lists in lists', (connection) => connection.send(Buffer.alloc(60_000, 0x91)), /nested too deeply/],
    [
      'a map that claims to be huge',
      (connection) => connection.send(Buffer.from([0xdf, 0xff, 0xff, 0xff, 0xff])),
      /too many fields/,
    ],
  ])('refuses a stranger that begins with %s, and tells it why', async (_, speak, reason) => {
    const connection = await connect(url);
    const closed = new Promise<string>((resolve) => {
      connection.listen({ message: () => {}, closed: resolve });
    });
    speak(connection);
    expect(await closed).toMatch(reason);
    expect(refused).toEqual([expect.stringMatching(reason)]);
    const next = await join();
    await vi.waitUntil(() => next.messages('offer').length > 0, TIMEOUT);
  });

  it.each<[string, FakeWorkerOptions, RegExp]>([
    ['another token', { token: 'guessed' }, /does not know the token/],
    [
      'another protocol',
      { hello: { protocol: 3, version: '0.0.9' } },
      /master speaks protocol \d+ .*, the worker 3 \(loadts 0\.0\.9\)/,
    ],
  ])('refuses a worker with %s, in words', async (_, options, reason) => {
    const worker = await join(options);
    await vi.waitUntil(() => worker.closeReason !== undefined, TIMEOUT);
    expect(worker.messages('refused')[0]?.reason).toMatch(reason);
    expect(worker.messages('welcome')).toEqual([]);
  });

  it('gives an identity that comes twice to the later one, and nothing is counted twice', async () => {
    const hello = { resumes: true };
    const worker = await join({ hello });
    await master.waitForWorkers(1, new AbortController().signal);
    const report = run();
    await vi.waitUntil(() => worker.messages('plan').length > 0, TIMEOUT);
    const snapshot = worker.measure(0, '/', [1_000]);
    await vi.waitUntil(() => worker.messages('acknowledge').length > 0, TIMEOUT);
    const { workerId, resumeSecret: secret } = worker.messages('welcome')[0] ?? expect.fail();
    const received = worker.received.filter(({ type }) => !['challenge', 'welcome'].includes(type)).length;
    const resume = { workerId, secret, received, ended: false, anew: false };
    const twin = await join({ hello, resume, delivers: false });
    await vi.waitUntil(() => worker.closeReason !== undefined, TIMEOUT);
    expect(worker.closeReason).toBe('the worker came back on another connection');
    twin.send(snapshot);
    master.stop();
    await vi.waitUntil(() => twin.messages('stop').length > 0, TIMEOUT);
    twin.measure(0, '/', [1_000]);
    twin.deliver();
    expect(await report).toMatchObject({ total: { requests: 1 }, coverage: { workers: 1, complete: 1 } });
  });

  it('bears hostile messages of a worker that has joined, closes its connection and goes on', async () => {
    const hostile = [
      Buffer.from('rubbish'),
      Buffer.alloc(1_000_000, 0x91),
      encodeMessage({ type: 'snapshot', sequence: 9 } as never),
      encodeMessage({ type: 'hello' } as never),
    ];
    const patient = new AbortController().signal;
    for (const bytes of hostile) {
      const worker = await join({ hello: { resumes: true } });
      await vi.waitUntil(() => worker.messages('offer').length > 0, TIMEOUT);
      worker.sendBytes(bytes);
      await vi.waitUntil(() => worker.closeReason !== undefined, TIMEOUT);
      expect(worker.closeReason).toMatch(/message|the worker sent/);
    }
    expect(broken.filter((line) => line.includes('lost its connection'))).toHaveLength(hostile.length);
    await join();
    await expect(master.waitForWorkers(1, patient)).resolves.toBeUndefined();
  });
});
