// How long a worker's event loop stands still when a second of the run is closed, encoded and sent.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeMessage } from '@loadts/protocol';
// Not part of the packages' API: these figures are about the inside.
import { Recorder } from '../packages/worker/dist/statistics/recorder.js';
import { SnapshotSender } from '../packages/worker/dist/statistics/snapshot-sender.js';
import { createLatencies } from './latencies.mjs';
import { cpuUs } from './processes/answer-parent.mjs';
import { median, printTable } from './table.mjs';

const INTERVALS = 30;
const SECOND_US = 1_000_000;
const TARGET_MS = 5;

const rows = [
  ['entries x samples', 'first stall ms', 'median stall ms', 'worst stall ms', 'all turns ms', 'KiB sent'],
];
for (const [entries = 0, samples = 0] of [
  [20, 500],
  [1_000, 20],
  [1_000, 100],
]) {
  rows.push(describe(`${entries} x ${samples}`, await measure(entries, samples)));
}
console.log(`Interval cost: closing one second, ${INTERVALS} times, Node ${process.version}`);
printTable(rows);
console.log(
  `A stall is the longest turn of the event loop. Target: at most ${TARGET_MS} ms with 1,000 entries`,
);

/**
 * @param {number} entries
 * @param {number} samples of each entry
 */
async function measure(entries, samples) {
  let bytes = 0;
  let sequence = 0;
  const sender = new SnapshotSender((message) => {
    bytes = encodeMessage(message).length;
    sequence = message.sequence;
  });
  let closed = 0;
  const recorder = new Recorder({
    startUs: 0,
    maxEntries: entries,
    countUsers: () => 0,
    onInterval(record) {
      sender.add(record);
      closed++;
    },
  });
  const nextLatency = createLatencies(entries);
  const intervals = [];
  for (let interval = 0; interval < INTERVALS; interval++) {
    fill(recorder, { entries, samples, atUs: interval * SECOND_US, nextLatency });
    await nextTurn();
    const turns = [await timeTurn(() => recorder.advance((interval + 1) * SECOND_US))];
    while (closed === interval) turns.push(await timeTurn(nextTurn));
    sender.acknowledge(sequence);
    intervals.push({ stallMs: Math.max(...turns), allMs: turns.reduce((sum, turn) => sum + turn, 0), bytes });
  }
  return intervals;
}

/**
 * Milliseconds of work: of the time that passed and the CPU time the lesser, since the first also holds what other
 * processes took, and the second what other threads did meanwhile.
 * @param {() => unknown} work
 */
async function timeTurn(work) {
  const startedUs = cpuUs();
  const startedAt = performance.now();
  await work();
  return Math.min(performance.now() - startedAt, (cpuUs() - startedUs) / 1_000);
}

/**
 * @param {Recorder} recorder
 * @param {{ entries: number, samples: number, atUs: number, nextLatency: () => number }} load
 */
function fill(recorder, { entries, samples, atUs, nextLatency }) {
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < entries; i++) {
      const entry = recorder.entry('GET', `/some/path/${i}`);
      recorder.started(entry, atUs);
      const durationUs = nextLatency();
      recorder.record({ entry, outcome: 'ok', durationUs, endUs: atUs, bytesReceived: 50, retried: false });
      recorder.generatorDelay(durationUs / 100);
    }
  }
}

/**
 * @param {string} load
 * @param {Awaited<ReturnType<typeof measure>>} intervals
 */
function describe(load, intervals) {
  // The first one runs before the code was optimized: it is told apart, since every run has one.
  const [first, ...later] = intervals;
  const stalls = later.map(({ stallMs }) => stallMs);
  return [
    load,
    first?.stallMs.toFixed(2) ?? '',
    median(stalls).toFixed(2),
    Math.max(...stalls).toFixed(2),
    median(later.map(({ allMs }) => allMs)).toFixed(2),
    ((later.at(-1)?.bytes ?? 0) / 1_024).toFixed(1),
  ];
}
