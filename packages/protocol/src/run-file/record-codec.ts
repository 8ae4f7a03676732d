import {
  COUNT_FIELDS,
  createCounts,
  type EntryDelta,
  histogramFromJson,
  histogramToJson,
  LoadtsError,
  type RunRecord,
  type SecondDelta,
  type WorkerHealth,
} from '@loadts/core';
import { Packr } from 'msgpackr';
import type { StoredEntry, StoredRecord, StoredSecond } from './stored-record.ts';

// Plain maps with plain names, so that any reader of MessagePack can read them.
const packr = new Packr({ useRecords: false, variableMapSize: true });

/** The format of run files. A reader refuses a higher one. */
export const RUN_FILE_VERSION = 1;

const HEALTH_FIELDS = [
  'workerId',
  'second',
  'users',
  'loopDelayUs',
  'sendDelayUs',
  'utilization',
  'cpu',
  'collectingUs',
  'memoryBytes',
] as const satisfies readonly (keyof WorkerHealth)[];

const RECORD_TYPES: ReadonlySet<unknown> = new Set<RunRecord['type']>([
  'start',
  'interval',
  'thresholds',
  'health',
  'worker',
  'event',
  'end',
]);

/** One record of a run file, as MessagePack. */
export function encodeRecord(record: RunRecord): Uint8Array {
  return packr.pack(store(record));
}

/** @throws LoadtsError `RUN_FILE_INVALID` for what is no record, or one of a later format. */
export function decodeRecord(bytes: Uint8Array): RunRecord {
  try {
    return restore(readStored(packr.unpack(bytes)));
  } catch (cause) {
    if (cause instanceof LoadtsError) throw cause;
    throw new LoadtsError('RUN_FILE_INVALID', 'a record is not readable', { cause });
  }
}

function store(record: RunRecord): StoredRecord {
  switch (record.type) {
    case 'start':
      return { type: 'start', version: RUN_FILE_VERSION, start: plain(record.start) };
    case 'interval':
      return { type: 'interval', delta: storeSecond(record.delta) };
    case 'health':
      return { type: 'health', values: HEALTH_FIELDS.map((field) => record.health[field]) };
    default:
      return plain(record);
  }
}

function restore(stored: StoredRecord): RunRecord {
  switch (stored.type) {
    case 'start':
      return { type: 'start', start: stored.start };
    case 'interval':
      return { type: 'interval', delta: restoreSecond(stored.delta) };
    case 'health': {
      const pairs = HEALTH_FIELDS.map((field, i) => [field, stored.values[i]]);
      return { type: 'health', health: Object.fromEntries(pairs) as WorkerHealth };
    }
    default:
      return stored;
  }
}

function readStored(value: unknown): StoredRecord {
  const stored = value as StoredRecord;
  if (!RECORD_TYPES.has(stored.type)) {
    throw new LoadtsError('RUN_FILE_INVALID', `there is no record of type ${JSON.stringify(stored.type)}`);
  }
  if (stored.type !== 'start' || stored.version <= RUN_FILE_VERSION) return stored;
  throw new LoadtsError(
    'RUN_FILE_INVALID',
    `it has format ${stored.version}, this loadts reads up to ${RUN_FILE_VERSION}`,
    { hint: 'read it with the version of loadts that wrote it' },
  );
}

function storeSecond({ entries, aggregates, generatorDelay, ...rest }: SecondDelta): StoredSecond {
  return {
    ...plain(rest),
    entries: entries.map(storeEntry),
    aggregates: aggregates.map(storeEntry),
    generatorDelay: histogramToJson(generatorDelay),
  };
}

function restoreSecond({ entries, aggregates, generatorDelay, ...rest }: StoredSecond): SecondDelta {
  return {
    ...rest,
    entries: entries.map(restoreEntry),
    aggregates: aggregates.map(restoreEntry),
    generatorDelay: histogramFromJson(generatorDelay),
  };
}

function storeEntry({ key, counts, latency, service, ttfb }: EntryDelta): StoredEntry {
  return {
    key: plain(key),
    counts: COUNT_FIELDS.map((field) => counts[field]),
    latency: histogramToJson(latency),
    ...(service && { service: histogramToJson(service) }),
    ...(ttfb && { ttfb: histogramToJson(ttfb) }),
  };
}

function restoreEntry({ key, counts, latency, service, ttfb }: StoredEntry): EntryDelta {
  const restored = createCounts();
  COUNT_FIELDS.forEach((field, i) => {
    restored[field] = counts[i] as number;
  });
  return {
    key,
    counts: restored,
    latency: histogramFromJson(latency),
    ...(service && { service: histogramFromJson(service) }),
    ...(ttfb && { ttfb: histogramFromJson(ttfb) }),
  };
}

/** Without what is undefined, for which MessagePack has no value. */
function plain<Value extends object>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
