// What one snapshot of a worker costs the master: 20 entries with 500 samples each, a second's worth of a busy worker.
import { RunHistory, RunStatistics, sparseChecksum } from '@loadts/core';
import { decodeStatistics, decodeWorkerMessage, encodeMessage } from '@loadts/protocol';
// Not part of the packages' API: these figures are about the inside.
import { Collector } from '../packages/master/dist/statistics/collector.js';
import { Recorder } from '../packages/worker/dist/statistics/recorder.js';
import { SnapshotSender } from '../packages/worker/dist/statistics/snapshot-sender.js';
import { createLatencies } from './latencies.mjs';
import { cpuUs } from './processes/answer-parent.mjs';
import { formatSpread, median, printTable } from './table.mjs';

/** @import { EntryDelta } from '@loadts/core' */
/** @import { SnapshotMessage } from '@loadts/protocol' */

const ENTRIES = 20;
const SAMPLES = 500;
const WORKERS = 20;
const SECONDS = 10;
const ROUNDS = 5;
const SECOND_US = 1_000_000;
const SNAPSHOTS = WORKERS * SECONDS;

const arriving = createArriving();
const messages = arriving.map(({ bytes }) => decodeSnapshot(bytes));
const decoded = messages.map(({ statistics }) => decodeStatistics(statistics));
/** @type {{ interval: number, entries: EntryDelta[] }[]} */
const deltas = decoded.map(({ entries }, i) => ({
  interval: messages[i]?.firstInterval ?? 0,
  entries: entries.map((entry) => ({
    ...entry,
    key: { method: 'GET', name: `/some/path/${entry.entryId}` },
  })),
}));
const sums = deltas.map(({ interval, entries }) => ({ interval, ...new RunStatistics().add(entries) }));

const parts = {
  'message decoded and its structure checked': () => arriving.forEach(({ bytes }) => decodeSnapshot(bytes)),
  'statistics decoded': () => messages.forEach(({ statistics }) => decodeStatistics(statistics)),
  'checksums for the final comparison': () =>
    decoded.forEach(({ entries }) => entries.forEach(({ latency }) => sparseChecksum(latency))),
  'merged into the totals': mergeTotals,
  'merged into the history': mergeHistory,
};
const rows = Object.entries(parts).map(([name, work]) => [name, formatSpread(measure(work), 0)]);
const whole = measure(takeAll);

console.log(
  `Merge cost: ${ENTRIES} entries x ${SAMPLES} samples, ${WORKERS} workers for ${SECONDS} s, Node ${process.version}`,
);
printTable([
  ['part', 'CPU us/snapshot'],
  ...rows,
  ['all of it, as the master does it', formatSpread(whole, 0)],
]);
console.log(`Snapshots that one core takes in a second: ${(1_000_000 / median(whole)).toFixed(0)}`);

/**
 * CPU microseconds for each snapshot, in rounds.
 * @param {() => void} work on all snapshots
 */
function measure(work) {
  // The first round is there to get the code optimized.
  work();
  return Array.from({ length: ROUNDS }, () => {
    const startedUs = cpuUs();
    work();
    return (cpuUs() - startedUs) / SNAPSHOTS;
  });
}

function mergeTotals() {
  const statistics = new RunStatistics();
  for (const { entries } of deltas) statistics.add(entries);
}

function mergeHistory() {
  const history = new RunHistory();
  for (const { interval, counts, latency } of sums) history.add(interval, counts, latency, 0);
}

function takeAll() {
  const collector = new Collector({
    workerIds: Array.from({ length: WORKERS }, (_, worker) => worker),
    maxEntries: ENTRIES,
    aggregates: [],
    onSecond: () => {},
  });
  for (const { worker, bytes } of arriving) collector.take(worker, decodeSnapshot(bytes));
  const { ok } = collector.statistics.total.counts;
  if (ok !== SNAPSHOTS * ENTRIES * SAMPLES) throw new Error(`${ok} requests were merged`);
}

/**
 * @param {Uint8Array} bytes
 * @returns {SnapshotMessage}
 */
function decodeSnapshot(bytes) {
  const message = decodeWorkerMessage(bytes);
  if (message.type !== 'snapshot') throw new Error(`a ${message.type} came`);
  return message;
}

/** The snapshots in the order in which a master gets them: those of all workers for each second. */
function createArriving() {
  const workers = Array.from({ length: WORKERS }, (_, worker) => ({
    worker,
    snapshots: createSnapshots(worker),
  }));
  return Array.from({ length: SECONDS }, (_, second) =>
    workers.map(({ worker, snapshots }) => ({ worker, bytes: snapshots[second] ?? new Uint8Array() })),
  ).flat();
}

/** @param {number} seed */
function createSnapshots(seed) {
  /** @type {Uint8Array[]} */
  const sent = [];
  const sender = new SnapshotSender((message) => {
    if (message.type === 'snapshot') sent.push(encodeMessage(message));
  });
  const recorder = new Recorder({
    startUs: 0,
    maxEntries: ENTRIES,
    countUsers: () => 0,
    onInterval: (record) => sender.add(record),
  });
  const nextLatency = createLatencies(seed);
  for (let second = 0; second < SECONDS; second++) {
    const atUs = second * SECOND_US;
    for (let i = 0; i < ENTRIES * SAMPLES; i++) {
      const entry = recorder.entry('GET', `/some/path/${i % ENTRIES}`);
      recorder.started(entry, atUs);
      const durationUs = nextLatency();
      recorder.record({ entry, outcome: 'ok', durationUs, endUs: atUs, bytesReceived: 50, retried: false });
      recorder.generatorDelay(durationUs / 100);
    }
    recorder.advance(atUs + SECOND_US);
    sender.acknowledge(sent.length);
  }
  return sent;
}
