import { decodeStatistics } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { until } from './fake-clock.case.ts';
import { connectWorker, createScenario, type FakeMaster } from './fake-master.case.ts';
import { createUserScript } from './script/test-script.case.ts';

const notes: number[] = [];
Object.assign(globalThis, { loadtsOpenNotes: notes });

const MEASURE = "await this.measure('WORK', 'it', () => {});";

/** A worker in an open run with a user class whose task is this. */
async function startOpen(task: string, endUs: number | null = null) {
  notes.length = 0;
  const connected = await connectWorker();
  await connected.master.greet();
  connected.master.sendScript(
    createUserScript(
      'ApiUser',
      `waitTime() { throw new Error('nobody waits'); } async work() { ${task} }`,
      'work',
    ),
  );
  await connected.master.last('scriptReady');
  connected.master.start({
    scenarios: [createScenario({ open: true, endUs })],
    endUs,
    workerIndex: 1,
    workers: 3,
  });
  return connected;
}

/** What became of the arrivals, and the measured times. */
function read(master: FakeMaster) {
  const snapshots = master.all('snapshot');
  const counts = { asked: 0, started: 0, dropped: 0, left: 0 };
  for (const { arrivals } of snapshots) {
    for (const field of Object.keys(counts) as (keyof typeof counts)[])
      counts[field] += arrivals[0]?.[field] ?? 0;
  }
  const entries = snapshots.flatMap(({ statistics }) => decodeStatistics(statistics).entries);
  return {
    counts,
    next: snapshots.at(-1)?.arrivals[0]?.next,
    responseUs: Math.max(0, ...entries.map(({ latency }) => latency.maxUs)),
    serviceUs: Math.max(0, ...entries.map(({ service }) => service?.maxUs ?? -1)),
  };
}

async function finish(master: FakeMaster): Promise<void> {
  master.send({ type: 'stop' });
  await master.last('final');
}

describe('a worker in an open run', () => {
  it('runs one iteration for each arrival, without wait times, on as few users as that takes', async () => {
    const { master, clock } = await startOpen(`globalThis.loadtsOpenNotes.push(this.ordinal); ${MEASURE}`);
    master.arrivals({ stages: [{ seconds: null, startRate: 10, endRate: 10 }] });
    await until(() => notes.length === 1);
    for (let i = 0; i < 30; i++) await clock.advance(100);
    await finish(master);
    expect(notes).toEqual(Array.from({ length: 31 }, () => 0));
    expect(master.all('snapshot').flatMap(({ exceptions }) => exceptions)).toEqual([]);
    expect(read(master)).toMatchObject({ next: 31, counts: { asked: 31, started: 31, dropped: 0, left: 0 } });
  });

  it('gives users ordinals that no other worker has', async () => {
    const { master, clock } = await startOpen(
      'globalThis.loadtsOpenNotes.push(this.ordinal); await new Promise(() => {});',
    );
    const stages = [{ seconds: null, startRate: 30, endRate: 30 }];
    master.arrivals({ worker: 1, workers: 3, maxUsers: 3, stages });
    await clock.advance(0);
    for (let i = 0; i < 5; i++) await clock.advance(100);
    await until(() => notes.length === 3);
    expect(notes).toEqual([1, 4, 7]);
    master.send({ type: 'stop' });
    await clock.advance(10_100);
    await master.last('final');
    expect(read(master).counts).toMatchObject({ started: 3, dropped: 2 });
  });

  it('counts response from the arrival and service from the call', async () => {
    const { master, clock } = await startOpen(MEASURE);
    master.arrivals();
    await clock.advance(0);
    clock.jump(340);
    await clock.advance(0);
    await finish(master);
    // The arrivals of 100, 200 and 300 ms came 340 ms after the start.
    expect(read(master)).toMatchObject({ responseUs: 240_000, serviceUs: 0, counts: { started: 4 } });
  });

  it('has arrivals up to its end, whatever the moment at which it is told', async () => {
    const { master, clock } = await startOpen(MEASURE, 100_000);
    master.arrivals({ stages: [{ seconds: null, startRate: 2_000, endRate: 2_000 }] });
    await clock.advance(99);
    // A moment early, before the arrival after 99.5 ms: the master's clock is a little ahead.
    master.send({ type: 'stop' });
    await clock.advance(1);
    await master.last('final');
    expect(read(master)).toMatchObject({ next: 200, counts: { asked: 200, started: 200, left: 0 } });
  });

  it('has nothing to tell of arrivals where it has no share in them', async () => {
    const { master } = await startOpen(MEASURE);
    await finish(master);
    expect(master.all('snapshot').map(({ arrivals }) => arrivals)).toEqual([[]]);
  });
});
