import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRandom, type Random } from '@loadts/core';
import { encodeMessage, type WorkerMessage } from '@loadts/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeClock, settle } from './fake-clock.case.ts';
import { FakeWorker, TOKEN } from './fake-worker.case.ts';
import { Master } from './master.ts';
import { createFinal, createSnapshot } from './statistics/sample-snapshot.case.ts';

// With the 75,000 of the codec's own tests more than 100,000 inputs in all.
const BEFORE = 20_000;
const AFTER = 8_000;
const BATCH = 100;
const MEBIBYTE = 1_024 * 1_024;

let master: Master;
let refusals: number;

beforeAll(() => {
  refusals = 0;
  master = new Master({
    clock: new FakeClock(),
    token: TOKEN,
    host: '127.0.0.1',
    port: 0,
    bundle: { code: 'export {}', hash: 'c0ffee' },
    onWorkerLog: () => {},
    onWorkerLost: () => {},
    onRefused: () => refusals++,
  });
});

afterAll(() => master.close());

const snapshot = createSnapshot(1, [{ entryId: 0, timesUs: [5, 6, 7_000] }], {
  newEntries: [{ id: 0, scenario: 0, method: 'GET', name: '/' }],
});
const stranger = new FakeWorker(() => {});
const messages: readonly WorkerMessage[] = [
  stranger.hello,
  { type: 'proof', proof: 'ab'.repeat(32), resume: null },
  { type: 'proof', proof: '', resume: { workerId: 1, secret: 's', received: 0, ended: true, anew: true } },
  { type: 'ping', id: 1 },
  { type: 'scriptReady', hash: 'c0ffee' },
  { type: 'bundleRequest', hash: 'c0ffee' },
  { type: 'prepared', problem: null },
  { type: 'log', lines: [{ level: 'info', text: 'hello' }] },
  { type: 'leaseReturn', count: 3 },
  { type: 'feederRequest', feeder: 0, held: 1, wanted: 2 },
  snapshot,
  createFinal([snapshot]),
];
const corpus = messages.map((message) => encodeMessage(message));

/** Whole messages with a few bytes set, inserted or removed; or bytes at random. */
function createInput(random: Random): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const byte = (): number => below(256);
  if (random() < 0.2) return Uint8Array.from({ length: below(200) }, byte);
  const bytes = [...(corpus[below(corpus.length)] as Uint8Array)];
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const kind = below(4);
    const at = below(bytes.length + 1);
    if (kind === 0) bytes.splice(at, 1, byte());
    else if (kind === 1) bytes.splice(at, 0, byte());
    else if (kind === 2) bytes.splice(at, 1);
    else bytes.splice(at, below(bytes.length));
  }
  return Uint8Array.from(bytes);
}

/** Bytes in use, once all that nobody holds is gone. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

async function fuzz(inputs: number, speak: (bytes: Uint8Array) => Promise<FakeWorker>): Promise<void> {
  const before = usedBytes();
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = createRandom(seed, 'inputs');
      const workers = await Promise.all(Array.from({ length: BATCH }, () => speak(createInput(random))));
      await settle();
      for (const worker of workers) {
        if (worker.closeReason !== undefined) expect(worker.closeReason.length).toBeGreaterThan(10);
        worker.disconnect();
      }
      await settle();
    }),
    { numRuns: inputs / BATCH },
  );
  expect(usedBytes() - before).toBeLessThan(32 * MEBIBYTE);
}

const accept = (connection: Parameters<Master['accept']>[0]): void => master.accept(connection);

it(`a master bears ${BEFORE} inputs of strangers: each is refused with a reason, nothing is kept of them`, async () => {
  await fuzz(BEFORE, (bytes) => {
    const worker = new FakeWorker(accept);
    worker.sendBytes(bytes);
    return Promise.resolve(worker);
  });
  // Hardly any is still a greeting.
  expect(refusals).toBeGreaterThan(BEFORE * 0.9);
}, 60_000);

it(`a master bears ${AFTER} inputs of workers that have joined, and takes the next one`, async () => {
  await fuzz(AFTER, async (bytes) => {
    const worker = new FakeWorker(accept, { hasScript: true }).greet();
    await settle();
    worker.sendBytes(bytes);
    return worker;
  });
  const next = new FakeWorker(accept).greet();
  await settle();
  expect(next.messages('welcome')).toHaveLength(1);
}, 60_000);
