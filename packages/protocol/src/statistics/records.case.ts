import { createCounts, IntervalHistogram, type SparseHistogram } from '@loadts/core';
import fc from 'fast-check';
import type { EntryRecord, StatisticsRecord } from './statistics-codec.ts';

export function histogramOf(timesUs: readonly number[]): SparseHistogram {
  const histogram = new IntervalHistogram();
  for (const timeUs of timesUs) histogram.record(timeUs);
  return histogram.take();
}

/** An entry whose requests all went well, in these times. */
export function entryOf(entryId: number, timesUs: readonly number[]): EntryRecord {
  const counts = { ...createCounts(), started: timesUs.length, ok: timesUs.length };
  return { entryId, counts, latency: histogramOf(timesUs) };
}

const timeUs = fc.oneof(fc.nat(3_600_000_000), fc.nat(3_000));
const kind = fc.constantFrom('ok', 'httpError', 'checkFailed', 'timeout');

const entry: fc.Arbitrary<EntryRecord> = fc
  .record({
    entryId: fc.nat(100_000),
    measured: fc.array(fc.tuple(kind, timeUs), { maxLength: 12 }),
    others: fc.record({
      started: fc.nat(),
      connectionError: fc.nat(),
      aborted: fc.nat(),
      retried: fc.nat(),
      bytesReceived: fc.maxSafeNat(),
    }),
  })
  .map(({ entryId, measured, others }) => {
    const counts = { ...createCounts(), ...others };
    for (const [outcome] of measured) counts[outcome]++;
    counts.retried %= measured.length + counts.connectionError + counts.aborted + 1;
    return { entryId, counts, latency: histogramOf(measured.map(([, time]) => time)) };
  });

const entries = fc.uniqueArray(entry, { maxLength: 4, selector: ({ entryId }) => entryId });

/** The same requests with service times, of which some were never sent. */
function withService(closed: readonly EntryRecord[]): EntryRecord[] {
  return closed.map((record) => {
    const sent = Math.ceil(record.latency.count / 2);
    return { ...record, service: histogramOf(Array.from({ length: sent }, (_, i) => i * 700)) };
  });
}

/** The same with times to the first byte, which some never got. */
function withTtfb(records: readonly EntryRecord[]): EntryRecord[] {
  return records.map((record) => {
    const answered = Math.floor(record.latency.count / 2);
    return { ...record, ttfb: histogramOf(Array.from({ length: answered }, (_, i) => i * 300)) };
  });
}

/** What a worker can have measured in one interval. */
export const anyStatistics: fc.Arbitrary<StatisticsRecord> = fc.record({
  generatorDelay: fc.array(timeUs, { maxLength: 12 }).map(histogramOf),
  entries: fc.oneof(
    entries,
    entries.map(withService),
    entries.map(withTtfb),
    entries.map((all) => withTtfb(withService(all))),
  ),
});
