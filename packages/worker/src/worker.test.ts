import { crc32 } from 'node:zlib';
import { decodeStatistics } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { settle, until } from './fake-clock.case.ts';
import { connectWorker, type FakeMaster } from './fake-master.case.ts';
import { startServer } from './http/test-server.case.ts';
import { createUserScript } from './script/test-script.case.ts';

const notes: string[] = [];
Object.assign(globalThis, { loadtsNotes: notes });

/** One request, then a pause of a second. */
const STEADY = createUserScript(
  'ApiUser',
  "waitTime = constant(1); async get() { await this.client.get('/'); }",
  'get',
);
const STUCK = createUserScript(
  'ApiUser',
  "async get() { await this.client.get('/'); } onStop() { globalThis.loadtsNotes.push('stopped'); }",
  'get',
);
const IDLE = createUserScript('ApiUser', 'waitTime = constant(3600); idle() {}', 'idle');

/** A worker that has joined and loaded this script. */
async function joinWorker(script = IDLE) {
  notes.length = 0;
  const connected = await connectWorker();
  await connected.master.greet();
  connected.master.sendScript(script);
  await connected.master.last('scriptReady');
  return connected;
}

/** Adds up what the snapshots say. */
function sumSnapshots(master: FakeMaster) {
  const entries = master.all('snapshot').flatMap(({ statistics }) => decodeStatistics(statistics).entries);
  const sum = (read: (entry: (typeof entries)[number]) => number): number =>
    entries.reduce((total, entry) => total + read(entry), 0);
  return {
    started: sum(({ counts }) => counts.started),
    ok: sum(({ counts }) => counts.ok),
    aborted: sum(({ counts }) => counts.aborted),
    measured: sum(({ latency }) => latency.count),
  };
}

describe('the life of a worker', () => {
  it('runs the iterations that it is leased, returns what nobody is left for, and ends with them', async () => {
    const { master, clock } = await joinWorker(
      createUserScript(
        'ApiUser',
        "waitTime = constant(1); idle() { globalThis.loadtsNotes.push('x'); }",
        'idle',
      ),
    );
    master.start({ leased: true });
    master.plan({ users: 2 });
    await until(() => master.all('leaseRequest').length === 1);
    expect(notes).toEqual([]);
    master.send({ type: 'lease', count: 3 });
    await clock.advance(1_100);
    await until(() => master.all('leaseRequest').length === 2);
    expect(notes).toHaveLength(3);
    master.send({ type: 'lease', count: 9 });
    await until(() => notes.length === 4);
    master.plan({ generation: 2, startUs: 1_200_000, users: 0, before: [[2]], ordinals: [2] });
    await clock.advance(200);
    expect(await master.last('leaseReturn')).toEqual({ type: 'leaseReturn', count: 8 });
    master.send({ type: 'lease', count: 2 });
    await until(() => master.all('leaseReturn').length === 2);
    expect(master.all('leaseReturn')[1]?.count).toBe(2);
    master.send({ type: 'lease', count: 0 });
    await master.last('leaseEnd');
    expect(notes).toHaveLength(4);
  });

  it('lets running iterations end after the last lease, and starts no more users', async () => {
    const { master, clock } = await joinWorker(
      createUserScript(
        'ApiUser',
        "async idle() { globalThis.loadtsNotes.push('x'); await new Promise((r) => { globalThis.loadtsEnd = r; }); }",
        'idle',
      ),
    );
    master.start({ leased: true });
    master.plan({ users: 5, spawnRate: 1 });
    await master.last('leaseRequest');
    master.send({ type: 'lease', count: 1 });
    await until(() => notes.length === 1);
    master.send({ type: 'lease', count: 0 });
    master.plan({ generation: 2, users: 9 });
    await clock.advance(9_000);
    expect(master.all('leaseEnd')).toEqual([]);
    (globalThis as unknown as { loadtsEnd: () => void }).loadtsEnd();
    await master.last('leaseEnd');
    expect(notes).toHaveLength(1);
  });

  it('gives every user the arguments, and the data of setup, which none can change', async () => {
    const { master, clock } = await joinWorker(
      createUserScript(
        'ApiUser',
        `waitTime = constant(3600);
         idle() { globalThis.loadtsNotes.push(JSON.stringify([this.data, this.args])); this.data.ids.push(5); }`,
        'idle',
      ),
    );
    master.start({ data: '{"ids":[1,2]}', args: '{"n":5}' });
    master.plan({ users: 2 });
    await clock.advance(1_000);
    await until(() => master.all('snapshot').length > 0);
    expect(notes).toEqual(Array(2).fill('[{"ids":[1,2]},{"n":5}]'));
    expect(master.all('snapshot')[0]?.exceptions[0]?.message).toContain('object is not extensible');
  });

  it('goes from hello to goodbye', async () => {
    const { url, seen } = await startServer();
    const { master, clock, outcome } = await joinWorker(STEADY);
    master.start({ host: url, endUs: 60_000_000 });
    master.plan({ users: 4, spawnRate: 2, before: [[0]] });
    await clock.advance(700);
    await until(() => seen.length === 2);
    for (let second = 0; second < 4; second++) {
      await clock.advance(1_000);
      await settle();
    }
    const states = master.all('status').map(({ state, users }) => `${state} ${users}`);
    expect(states).toEqual(['ready 0', 'spawning 2', 'running 4', 'running 4', 'running 4']);
    master.send({ type: 'stop' });
    const final = await master.last('final');
    const snapshots = master.all('snapshot');
    expect(snapshots.map(({ sequence }) => sequence)).toEqual(snapshots.map((_, i) => i + 1));
    expect(snapshots.map(({ firstInterval }) => firstInterval)).toEqual([0, 1, 2, 3, 4]);
    expect(snapshots.every(({ statistics, crc32: sent }) => crc32(statistics) === sent)).toBe(true);
    expect(snapshots[0]?.newEntries).toEqual([{ id: 0, scenario: 0, method: 'GET', name: '/' }]);
    const { started, ok, measured } = sumSnapshots(master);
    expect([started, ok, measured]).toEqual([seen.length, seen.length, seen.length]);
    expect(final).toMatchObject({
      sequence: snapshots.length,
      totals: [{ entryId: 0, started, ended: started, measured }],
    });
    await clock.advance(1_000);
    expect(await master.last('status')).toMatchObject({ state: 'stopped', users: 0 });
    master.send({ type: 'goodbye' });
    expect(await outcome).toBeUndefined();
    await until(() => master.closedWith !== undefined);
    expect([master.closedWith, clock.pending]).toEqual(['goodbye', 0]);
  });

  it('can have several runs', async () => {
    const { url } = await startServer();
    const { master, clock } = await joinWorker(STEADY);
    for (let run = 1; run <= 2; run++) {
      master.start({ host: url });
      master.plan({ users: 3 });
      await clock.advance(1_500);
      master.send({ type: 'stop' });
      await until(() => master.all('final').length === run);
    }
    for (const { totals } of master.all('final'))
      expect(totals).toMatchObject([{ entryId: 0, ended: totals[0]?.started }]);
    expect(master.all('snapshot').map(({ sequence }) => sequence)).toEqual([1, 2, 1, 2]);
  });

  it('shows once a second that it is alive', async () => {
    const { master, clock } = await joinWorker();
    await clock.advance(5_000);
    expect(master.all('status')).toHaveLength(6);
    for (const { utilization, loopDelayUs } of master.all('status')) {
      expect(utilization >= 0 && utilization <= 1 && Number.isSafeInteger(loopDelayUs)).toBe(true);
    }
  });

  it('hands over what was logged with its sign of life, and the rest when it leaves', async () => {
    const { master, clock, logs, outcome } = await joinWorker();
    logs.logger.warn('one');
    await clock.advance(1_000);
    expect(master.all('log').flatMap(({ lines }) => lines)).toEqual([{ level: 'warn', text: 'one' }]);
    logs.logger.info('two');
    master.send({ type: 'goodbye' });
    await outcome;
    await settle();
    expect(master.all('log').flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual(['one', 'two']);
  });
});

describe('the time of a run', () => {
  it("is the master's: users start when it is their time there", async () => {
    const { master, clock } = await joinWorker();
    master.start({ elapsedUs: 3_000_000 });
    master.plan({ startUs: 3_450_000, spawnRate: 10, users: 20 });
    await clock.advance(1_000);
    expect(await master.last('status')).toMatchObject({ state: 'spawning', users: 6 });
  });

  it('includes half of the best way there and back', async () => {
    const { master, clock } = await connectWorker();
    await master.challenge('secret');
    await master.last('proof');
    master.connection.listen({ message: () => {}, closed: () => {} });
    master.welcome();
    await settle();
    for (const [id, ms] of [
      [1, 400],
      [2, 200],
      [3, 300],
      [4, 900],
      [5, 250],
    ] as const) {
      clock.jump(ms);
      master.send({ type: 'pong', id });
      await settle();
    }
    const silent = master.received.length;
    expect(silent).toBeGreaterThan(0);
    const seconds: number[] = [];
    master.connection.listen({
      message: () => seconds.push(clock.nowUs()),
      closed: () => {},
    });
    master.sendScript(IDLE);
    await until(() => seconds.length > 0);
    seconds.length = 0;
    master.start({ elapsedUs: 500_000 });
    await settle();
    const startedUs = clock.nowUs();
    await clock.advance(400);
    // 500 ms had passed on the master, 100 ms on the way: the first second is over after 400 ms more.
    expect(seconds.map((us) => us - startedUs)).toContain(400_000);
  });

  it('ends by itself where the plan says so, also without the master', async () => {
    const { url } = await startServer();
    const { master, clock } = await joinWorker(STEADY);
    master.start({ host: url, endUs: 2_500_000 });
    master.plan({ users: 3 });
    await clock.advance(2_499);
    expect(master.all('final')).toEqual([]);
    await clock.advance(1);
    expect((await master.last('final')).totals[0]?.started).toBeGreaterThanOrEqual(3);
    master.plan({ generation: 2, startUs: 2_600_000, users: 9 });
    await clock.advance(2_000);
    expect(await master.last('status')).toMatchObject({ state: 'stopped', users: 0 });
  });
});

describe('the end of a run', () => {
  it('cuts off what goes on after the stop timeout, and counts it', async () => {
    const { url, seen } = await startServer(() => {});
    const { master, clock } = await joinWorker(STUCK);
    master.start({ host: url, stopTimeoutMs: 1_500.5 });
    master.plan({ users: 3 });
    await until(() => seen.length === 3);
    master.send({ type: 'stop' });
    master.send({ type: 'stop' });
    await clock.advance(1_500);
    expect(master.all('final')).toEqual([]);
    await clock.advance(1);
    await master.last('final');
    expect(sumSnapshots(master)).toEqual({ started: 3, ok: 0, aborted: 3, measured: 0 });
    expect(notes).toEqual(['stopped', 'stopped', 'stopped']);
    expect(master.all('final')).toHaveLength(1);
  });

  it('cuts off at once who is finishing, where it is told to stop now, and delivers all the same', async () => {
    const { url, seen } = await startServer(() => {});
    const { master, clock } = await joinWorker(STUCK);
    master.start({ host: url, stopTimeoutMs: 60_000 });
    master.plan({ users: 2 });
    await until(() => seen.length === 2);
    master.send({ type: 'stop' });
    await clock.advance(1_000);
    expect(master.all('final')).toEqual([]);
    master.send({ type: 'stop', now: true });
    await clock.advance(1);
    await master.last('final');
    expect(sumSnapshots(master)).toEqual({ started: 2, ok: 0, aborted: 2, measured: 0 });
    expect(master.all('final')).toHaveLength(1);
  });

  it('is told after the last snapshot, however slow the master acknowledges', async () => {
    const { master, clock } = await joinWorker();
    master.acknowledging = false;
    master.start({});
    await clock.advance(8_000);
    master.send({ type: 'stop' });
    await settle();
    expect([master.all('snapshot').length, master.all('final').length]).toEqual([4, 0]);
    for (let sequence = 1; sequence <= 6; sequence++) master.send({ type: 'acknowledge', sequence });
    expect(await master.last('final')).toMatchObject({ sequence: 9 });
    expect(master.all('snapshot').map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each<[string, (master: FakeMaster) => void, unknown]>([
    ['the connection breaks', (master) => master.connection.close('crash'), { code: 'WORKERS_MISSING' }],
    ['the master says goodbye', (master) => master.send({ type: 'goodbye' }), undefined],
    [
      'the master talks rubbish',
      (master) => master.connection.send(Buffer.alloc(9)),
      { code: 'MESSAGE_INVALID' },
    ],
  ])('comes at once for all users where %s', async (_, end, expected) => {
    const { url, seen, sockets } = await startServer(() => {});
    const { master, clock, outcome } = await joinWorker(STUCK);
    master.start({ host: url });
    master.plan({ users: 5 });
    await until(() => seen.length === 5);
    end(master);
    await settle();
    await clock.advance(1);
    const error = await outcome;
    if (expected === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject(expected as object);
    expect(notes).toEqual(Array(5).fill('stopped'));
    await until(() => sockets.every((socket) => socket.destroyed));
    expect(clock.pending).toBe(0);
  });

  it('comes at once also for users that are finishing', async () => {
    const { url, seen } = await startServer(() => {});
    const { master, clock, outcome } = await joinWorker(STUCK);
    master.start({ host: url });
    master.plan({ users: 2 });
    await until(() => seen.length === 2);
    master.send({ type: 'stop' });
    await clock.advance(500);
    master.connection.close('crash');
    await clock.advance(1);
    expect(await outcome).toMatchObject({ code: 'WORKERS_MISSING' });
    expect([notes, clock.pending]).toEqual([['stopped', 'stopped'], 0]);
  });
});
