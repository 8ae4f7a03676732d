import {
  BUCKET_COUNT,
  COUNT_FIELDS,
  countEnded,
  createCounts,
  EMPTY_HISTOGRAM,
  type EntryCounts,
  HISTOGRAM,
  type SparseHistogram,
} from '@loadts/core';
import { ByteReader, invalid } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** One entry of a snapshot, under the number that its connection gave it. */
export interface EntryRecord {
  readonly entryId: number;
  readonly counts: Readonly<EntryCounts>;
  readonly latency: SparseHistogram;
  /** From sending to the end: in open scenarios only. */
  readonly service?: SparseHistogram | undefined;
  /** From sending to the first byte: where that is asked for. */
  readonly ttfb?: SparseHistogram | undefined;
}

export interface StatisticsRecord {
  /** How much later than asked for requests were sent. */
  readonly generatorDelay: SparseHistogram;
  readonly entries: readonly EntryRecord[];
}

const MAX_ENTRIES = 100_000;
const MAX_COUNT = 0xffffffff;

const HAS_SERVICE = 1;
const HAS_TTFB = 2;
const FLAGS = 4;

/**
 * Varints: the generator delay, four times the number of entries (plus 1 where they have service times, plus 2 where
 * they have times to the first byte), then each entry's number, counts in the order of `COUNT_FIELDS`, latency and,
 * where they have them, service time and time to the first byte. A histogram is its number of buckets and, unless that is
 * 0, sum, minimum, maximum and for each bucket twice the distance from the one before; if it counts more than one time,
 * which few do in one second, plus 1 and followed by the count.
 */
export function encodeStatistics(record: StatisticsRecord): Uint8Array {
  const writer = new ByteWriter();
  writeHistogram(writer, record.generatorDelay);
  const hasService = record.entries.some(({ service }) => service !== undefined);
  const hasTtfb = record.entries.some(({ ttfb }) => ttfb !== undefined);
  const flags = (hasService ? HAS_SERVICE : 0) + (hasTtfb ? HAS_TTFB : 0);
  writer.writeVarint(record.entries.length * FLAGS + flags);
  for (const { entryId, counts, latency, service, ttfb } of record.entries) {
    writer.writeVarint(entryId);
    for (const field of COUNT_FIELDS) writer.writeVarint(counts[field]);
    writeHistogram(writer, latency);
    if (hasService) writeHistogram(writer, service ?? EMPTY_HISTOGRAM);
    if (hasTtfb) writeHistogram(writer, ttfb ?? EMPTY_HISTOGRAM);
  }
  return writer.toBytes();
}

/** @throws LoadtsError `MESSAGE_INVALID` for anything that no worker can have measured. */
export function decodeStatistics(bytes: Uint8Array): StatisticsRecord {
  const reader = new ByteReader(bytes);
  const generatorDelay = readHistogram(reader);
  const head = reader.readVarint(MAX_ENTRIES * FLAGS + FLAGS - 1);
  const flags = head % FLAGS;
  const length = Math.floor(head / FLAGS);
  const entries: EntryRecord[] = [];
  const seen = new Set<number>();
  for (let i = 0; i < length; i++) {
    const entry = readEntry(reader, flags);
    if (seen.has(entry.entryId)) throw invalid(`entry ${entry.entryId} is there twice`);
    seen.add(entry.entryId);
    entries.push(entry);
  }
  if (reader.remaining > 0) throw invalid(`statistics have ${reader.remaining} bytes too many`);
  return { generatorDelay, entries };
}

function readEntry(reader: ByteReader, flags: number): EntryRecord {
  const entryId = reader.readVarint(MAX_ENTRIES);
  const counts = createCounts();
  for (const field of COUNT_FIELDS) counts[field] = reader.readVarint();
  const latency = readHistogram(reader);
  const measured = counts.ok + counts.httpError + counts.checkFailed + counts.timeout;
  if (measured !== latency.count) {
    throw invalid(`entry ${entryId} has ${latency.count} times for ${measured} requests`);
  }
  if (counts.retried > countEnded(counts)) throw invalid(`entry ${entryId} has more retries than requests`);
  // A request that was never sent, or never answered, has none.
  const readPart = (flag: number, name: string): SparseHistogram | undefined => {
    if ((flags & flag) === 0) return undefined;
    const part = readHistogram(reader);
    if (part.count <= latency.count) return part;
    throw invalid(`entry ${entryId} has ${part.count} ${name} for ${latency.count} requests`);
  };
  const service = readPart(HAS_SERVICE, 'service times');
  const ttfb = readPart(HAS_TTFB, 'times to the first byte');
  return { entryId, counts, latency, ...(service && { service }), ...(ttfb && { ttfb }) };
}

function writeHistogram(writer: ByteWriter, histogram: SparseHistogram): void {
  writer.writeVarint(histogram.indexes.length);
  if (histogram.indexes.length === 0) return;
  writer.writeVarint(histogram.sumUs);
  writer.writeVarint(histogram.minUs);
  writer.writeVarint(histogram.maxUs);
  let last = 0;
  histogram.indexes.forEach((index, i) => {
    const count = histogram.counts[i] as number;
    const step = (index - last) * 2;
    writer.writeVarint(count === 1 ? step : step + 1);
    if (count !== 1) writer.writeVarint(count);
    last = index;
  });
}

function readHistogram(reader: ByteReader): SparseHistogram {
  const length = reader.readVarint(BUCKET_COUNT);
  if (length === 0) return EMPTY_HISTOGRAM;
  const sumUs = reader.readVarint();
  const minUs = reader.readVarint(HISTOGRAM.highestUs);
  const maxUs = reader.readVarint(HISTOGRAM.highestUs);
  // A bucket has at least one byte: a short message cannot ask for a large array.
  if (length > reader.remaining || minUs > maxUs) throw invalid('a histogram contradicts itself');
  const indexes = new Uint16Array(length);
  const counts = new Uint32Array(length);
  let count = 0;
  for (let i = 0, index = 0; i < length; i++) {
    const step = reader.readVarint((BUCKET_COUNT - 1 - index) * 2 + 1);
    if (i > 0 && step < 2) throw invalid('a histogram names a bucket twice');
    const inBucket = step % 2 === 0 ? 1 : reader.readVarint(MAX_COUNT);
    if (inBucket === 0) throw invalid('a histogram names an empty bucket');
    index += Math.floor(step / 2);
    indexes[i] = index;
    counts[i] = inBucket;
    count += inBucket;
  }
  if (sumUs < count * minUs || sumUs > count * maxUs) throw invalid('a histogram contradicts itself');
  return { count, sumUs, minUs, maxUs, indexes, counts };
}
