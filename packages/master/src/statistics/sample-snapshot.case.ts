import { crc32 } from 'node:zlib';
import {
  countEnded,
  createCounts,
  EMPTY_HISTOGRAM,
  type EntryCounts,
  IntervalHistogram,
  type SparseHistogram,
  sparseChecksum,
} from '@loadts/core';
import {
  decodeStatistics,
  type EntryTotals,
  encodeStatistics,
  type FinalMessage,
  type SnapshotMessage,
} from '@loadts/protocol';
import { Collector } from './collector.ts';

/** Requests of one entry, all ok unless `counts` says otherwise. */
export interface SampleRequests {
  readonly entryId: number;
  readonly timesUs?: readonly number[];
  readonly counts?: Partial<EntryCounts>;
}

/** A snapshot of second `sequence - 1`, encoded as workers do. */
export function createSnapshot(
  sequence: number,
  requests: readonly SampleRequests[],
  fields: Partial<SnapshotMessage> = {},
): SnapshotMessage {
  const statistics = encodeStatistics({
    generatorDelay: EMPTY_HISTOGRAM,
    entries: requests.map(({ entryId, timesUs = [], counts }) => ({
      entryId,
      counts: { ...createCounts(), started: timesUs.length, ok: timesUs.length, ...counts },
      latency: createHistogram(timesUs),
    })),
  });
  return {
    type: 'snapshot',
    sequence,
    firstInterval: sequence - 1,
    lastInterval: fields.firstInterval ?? sequence - 1,
    users: 0,
    newEntries: [],
    statistics,
    crc32: crc32(statistics),
    failures: [],
    exceptions: [],
    arrivals: [],
    ...fields,
  };
}

/** What a worker says last that has sent these. */
export function createFinal(snapshots: readonly SnapshotMessage[]): FinalMessage {
  const totals = new Map<number, EntryTotals>();
  for (const { statistics } of snapshots) {
    for (const { entryId, counts, latency } of decodeStatistics(statistics).entries) {
      const known = totals.get(entryId) ?? { started: 0, ended: 0, measured: 0, sumUs: 0, checksum: 0 };
      totals.set(entryId, {
        entryId,
        started: known.started + counts.started,
        ended: known.ended + countEnded(counts),
        measured: known.measured + latency.count,
        sumUs: known.sumUs + latency.sumUs,
        checksum: (known.checksum + sparseChecksum(latency)) >>> 0,
      });
    }
  }
  const inFlightUs = [...totals.values()].reduce((total, { sumUs }) => total + sumUs, 0);
  return { type: 'final', sequence: snapshots.length, endedUs: 0, inFlightUs, totals: [...totals.values()] };
}

export function createHistogram(timesUs: readonly number[]): SparseHistogram {
  const histogram = new IntervalHistogram();
  for (const timeUs of timesUs) histogram.record(timeUs);
  return histogram.take();
}

export function createCollector(workerIds: readonly number[], maxEntries = 1_000): Collector {
  return new Collector({ workerIds, maxEntries, aggregates: [], onSecond: () => {} });
}
