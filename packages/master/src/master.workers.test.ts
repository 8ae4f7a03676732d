import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from './fake-clock.case.ts';
import { FakeWorker, type FakeWorkerOptions, TOKEN } from './fake-worker.case.ts';
import { Master } from './master.ts';

let master: Master;
let lost: number[];
let logged: string[];
let refused: string[];

async function join(options?: FakeWorkerOptions): Promise<FakeWorker> {
  const worker = new FakeWorker((connection) => master.accept(connection), options).greet();
  await settle();
  return worker;
}

beforeEach(() => {
  [lost, logged, refused] = [[], [], []];
  master = new Master({
    clock: new FakeClock(),
    token: TOKEN,
    host: '127.0.0.1',
    port: 0,
    bundle: { code: 'export {}', hash: 'c0ffee' },
    onWorkerLog: (worker, { level, text }) => logged.push(`${worker} ${level} ${text}`),
    onWorkerLost: (worker) => lost.push(worker),
    onRefused: (reason) => refused.push(reason),
  });
});

afterEach(() => master.close());

describe('a master outside of a run', () => {
  it('takes 150 workers that come in the same moment', async () => {
    const waiting = master.waitForWorkers(150, new AbortController().signal);
    const workers = await Promise.all(Array.from({ length: 150 }, () => join()));
    await waiting;
    const ids = workers.map((worker) => worker.messages('welcome')[0]?.workerId);
    expect(new Set(ids).size).toBe(150);
  });

  it.each([
    ['nothing that is MessagePack', Buffer.from('GET / HTTP/1.1')],
    ['a greeting of more than 64 KiB', Buffer.alloc(64 * 1024 + 1)],
    ['lists in lists in lists', Buffer.alloc(1_000, 0x91)],
    ['nothing at all', Buffer.alloc(0)],
  ])('refuses a stranger that says %s, and takes the next worker', async (_, bytes) => {
    const stranger = new FakeWorker((connection) => master.accept(connection));
    stranger.sendBytes(bytes);
    await settle();
    expect(stranger.closeReason).toMatch(/message|greeting/);
    expect(refused).toEqual([stranger.closeReason]);
    expect((await join()).messages('welcome')).toHaveLength(1);
  });

  it('lets a worker go that wants to, and does not count on it any more', async () => {
    const counts: number[] = [];
    const waiting = master.waitForWorkers(2, new AbortController().signal, (ready) => counts.push(ready));
    const leaving = await join();
    leaving.send({ type: 'leaving' });
    await settle();
    expect(leaving.messages('goodbye')).toHaveLength(1);
    leaving.disconnect();
    await settle();
    expect([lost, logged]).toEqual([[], ['1 info has left']]);
    await Promise.all([join(), join()]);
    await waiting;
    expect(counts).toEqual([1, 0, 1, 2]);
  });

  it('sends all away at once where nobody wants a result any more', async () => {
    const worker = await join();
    master.dismiss();
    await settle();
    expect(worker.messages('goodbye')).toHaveLength(1);
    expect(worker.closeReason).toBe('the master sent it away');
  });

  it('warns of a worker of another minor version, not of another patch', async () => {
    await join({ hello: { version: '0.1.9' } });
    expect(logged).toEqual([]);
    await join({ hello: { version: '0.2.0' } });
    expect(logged).toEqual(['2 warn runs loadts 0.2.0, its master 0.1.0: install the same version on both']);
  });

  it('names both versions to a worker of another protocol, whatever else its greeting holds', async () => {
    const newer = { protocol: 99, version: '7.0.0', colour: 'red' };
    const worker = await join({ hello: newer });
    const [message] = worker.messages('refused');
    expect(message?.reason).toMatch(
      /^this master speaks protocol \d+ \(loadts 0\.1\.0\), the worker 99 \(loadts 7\.0\.0\)/,
    );
    expect(refused).toEqual([message?.reason]);
  });
});
