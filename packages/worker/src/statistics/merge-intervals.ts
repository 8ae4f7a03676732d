import { addCounts, mergeSparse, type SparseHistogram } from '@loadts/core';
import {
  type ArrivalRecord,
  decodeStatistics,
  type EntryRecord,
  type ExceptionRecord,
  encodeStatistics,
  type FailureRecord,
} from '@loadts/protocol';
import { exceptionId, FURTHER_EXCEPTIONS, FURTHER_FAILURES, failureId, MAX_KINDS } from './kind-counter.ts';
import type { WaitingInterval } from './waiting-interval.ts';

/** Two neighbours as one: every count and every bucket is the sum of both. */
export function mergeIntervals(earlier: WaitingInterval, later: WaitingInterval): WaitingInterval {
  return {
    firstInterval: earlier.firstInterval,
    lastInterval: later.lastInterval,
    users: later.users,
    newEntries: [...earlier.newEntries, ...later.newEntries],
    statistics: mergeStatistics(earlier.statistics, later.statistics),
    failures: mergeKinds<FailureRecord>([...earlier.failures, ...later.failures], failureId, (failure) => ({
      ...failure,
      reason: FURTHER_FAILURES,
    })),
    exceptions: mergeKinds<ExceptionRecord>(
      [...earlier.exceptions, ...later.exceptions],
      exceptionId,
      ({ count }) => ({ ...FURTHER_EXCEPTIONS, count }),
    ),
    arrivals: mergeArrivals(earlier.arrivals, later.arrivals),
  };
}

function mergeStatistics(earlier: Uint8Array, later: Uint8Array): Uint8Array {
  const [first, second] = [decodeStatistics(earlier), decodeStatistics(later)];
  const entries = new Map(first.entries.map((entry) => [entry.entryId, entry]));
  for (const entry of second.entries) {
    const known = entries.get(entry.entryId);
    entries.set(entry.entryId, known ? mergeEntries(known, entry) : entry);
  }
  return encodeStatistics({
    generatorDelay: mergeSparse(first.generatorDelay, second.generatorDelay),
    entries: [...entries.values()],
  });
}

function mergeEntries(a: EntryRecord, b: EntryRecord): EntryRecord {
  const counts = { ...a.counts };
  addCounts(counts, b.counts);
  const latency = mergeSparse(a.latency, b.latency);
  const service = mergeParts(a.service, b.service);
  const ttfb = mergeParts(a.ttfb, b.ttfb);
  return { entryId: a.entryId, counts, latency, ...(service && { service }), ...(ttfb && { ttfb }) };
}

function mergeParts(
  earlier: SparseHistogram | undefined,
  later: SparseHistogram | undefined,
): SparseHistogram | undefined {
  return earlier && later ? mergeSparse(earlier, later) : (earlier ?? later);
}

/** Counts by kind, in the order in which they came; past `MAX_KINDS` under what `createOther` makes of them. */
function mergeKinds<Kind extends { readonly count: number }>(
  records: readonly Kind[],
  idOf: (record: Kind) => string,
  createOther: (record: Kind) => Kind,
): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const record of records) {
    const fits = kinds.has(idOf(record)) || kinds.size < MAX_KINDS;
    const added = fits ? record : createOther(record);
    const known = kinds.get(idOf(added));
    kinds.set(idOf(added), known ? { ...known, count: known.count + added.count } : added);
  }
  return [...kinds.values()];
}

function mergeArrivals(earlier: readonly ArrivalRecord[], later: readonly ArrivalRecord[]): ArrivalRecord[] {
  const records = new Map(earlier.map((record) => [record.scenario, record]));
  for (const record of later) {
    const known = records.get(record.scenario);
    records.set(record.scenario, known ? addArrivals(known, record) : record);
  }
  return [...records.values()];
}

function addArrivals(earlier: ArrivalRecord, later: ArrivalRecord): ArrivalRecord {
  return {
    scenario: later.scenario,
    next: later.next,
    asked: earlier.asked + later.asked,
    started: earlier.started + later.started,
    dropped: earlier.dropped + later.dropped,
    left: earlier.left + later.left,
    queuedMost: Math.max(earlier.queuedMost, later.queuedMost),
  };
}
