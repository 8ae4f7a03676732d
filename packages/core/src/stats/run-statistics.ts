import { readStreamTimeKey, type StreamTime, streamTimeKey } from '../stream/stream-time.ts';
import type { EntryKey } from './entry-key.ts';
import { IntervalHistogram } from './interval-histogram.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { addCounts, createCounts, type EntryCounts } from './outcome.ts';
import type { SparseHistogram } from './sparse-histogram.ts';

export type { EntryKey };

/** Counts what goes beyond the names that a run tells apart. */
export const OTHER_ENTRY: EntryKey = { method: '', name: '(other)' };

/** Whether this counts what goes beyond the names that are told apart, in whichever scenario. */
export function isOtherEntry({ method, name }: EntryKey): boolean {
  return method === OTHER_ENTRY.method && name === OTHER_ENTRY.name;
}

/** The name for tables that have no place for a scenario: `buy: /cart`. */
export function nameInScenario({ scenario, name }: Pick<EntryKey, 'scenario' | 'name'>): string {
  return scenario === undefined ? name : `${scenario}: ${name}`;
}

/** What adds up samples for thresholds beside the entries: scripts cannot leave the method empty. */
export function aggregateKey(id: string): EntryKey {
  return { method: '', name: id };
}

/** What one entry gained in one interval on one worker. */
export interface EntryDelta {
  readonly key: EntryKey;
  readonly counts: Readonly<EntryCounts>;
  readonly latency: SparseHistogram;
  /** From sending to the end, where `latency` begins earlier: in open scenarios only. */
  readonly service?: SparseHistogram | undefined;
  /** From sending to the first byte of the answer: where it was measured. */
  readonly ttfb?: SparseHistogram | undefined;
}

/** Failed requests with the same cause. */
export interface FailureDelta {
  readonly key: EntryKey;
  readonly reason: string;
  readonly count: number;
}

export interface EntryStatistics {
  readonly key: EntryKey;
  readonly counts: EntryCounts;
  readonly latency: LatencyHistogram;
  /** Empty where no scenario is an open one. */
  readonly service: LatencyHistogram;
  /** Empty where it was not measured. */
  readonly ttfb: LatencyHistogram;
}

export interface FailureStatistics extends FailureDelta {
  count: number;
  /** Seconds of the run. */
  firstSecond: number;
  lastSecond: number;
}

/** An exception that escaped a task, `onStart` or `onStop`. */
export interface ExceptionDelta {
  readonly userClass: string;
  /** The task, or the hook, that threw. */
  readonly task: string;
  readonly message: string;
  /** With the user's own files and lines. */
  readonly stack: string;
  readonly count: number;
}

export interface ExceptionStatistics extends ExceptionDelta {
  count: number;
  /** Ids of those that it came from, the first few. */
  readonly workers: number[];
}

/** Kinds of failure, and of exception, that are told apart; the rest is counted together. */
export const MAX_KINDS = 500;
/** Workers that an exception names. */
const MAX_WORKERS = 20;
/** Shorter than every other id, which has line breaks. */
const OTHER = 'other';

/** Totals of a run: every delta of every worker, added up, in any order as long as there are few enough kinds. */
export class RunStatistics {
  readonly #entries = new Map<string, EntryStatistics>();
  readonly #streamTimes = new Map<string, Pick<EntryStatistics, 'key' | 'latency'>>();
  readonly #scenarios = new Map<string, EntryStatistics>();
  readonly #failures = new Map<string, FailureStatistics>();
  readonly #exceptions = new Map<string, ExceptionStatistics>();
  readonly total: EntryStatistics = createEntry({ method: '', name: 'Aggregated' });
  /** How far requests were sent later than asked for: the generator's own delay. */
  readonly generatorDelay: LatencyHistogram = new LatencyHistogram();

  /** Empty between two calls. */
  readonly #sum = new IntervalHistogram();

  /** One of the times of the streams of an entry; undefined where none was measured. */
  streamTime(time: StreamTime, key: EntryKey): LatencyHistogram | undefined {
    return this.#streamTimes.get(entryId(streamTimeKey(time, key)))?.latency;
  }

  /** All requests of a named scenario. */
  totalOf(scenario: string): EntryStatistics {
    let total = this.#scenarios.get(scenario);
    if (!total) {
      total = createEntry({ scenario, method: '', name: 'Aggregated' });
      this.#scenarios.set(scenario, total);
    }
    return total;
  }

  /** Sorted by scenario, name and method. */
  get entries(): EntryStatistics[] {
    return [...this.#entries.values()].sort((a, b) => compareKeys(a.key, b.key));
  }

  /** Most frequent first. */
  get exceptions(): ExceptionStatistics[] {
    return sortByCount(this.#exceptions);
  }

  /** Most frequent first. */
  get failures(): FailureStatistics[] {
    return sortByCount(this.#failures);
  }

  /** @returns what all entries together gained */
  add(deltas: readonly EntryDelta[]): Omit<EntryDelta, 'key'> {
    const counts = createCounts();
    for (const delta of deltas) {
      const { scenario } = delta.key;
      addDelta(this.#entry(delta.key), delta);
      if (scenario !== undefined) addDelta(this.totalOf(scenario), delta);
      if (delta.service) this.total.service.merge(delta.service);
      if (delta.ttfb) this.total.ttfb.merge(delta.ttfb);
      addCounts(counts, delta.counts);
      this.#sum.merge(delta.latency);
    }
    const latency = this.#sum.take();
    addCounts(this.total.counts, counts);
    this.total.latency.merge(latency);
    return { counts, latency };
  }

  /** Takes those of the deltas that are times of streams: they are no requests, and in no total. */
  addStreamTimes(deltas: readonly EntryDelta[]): void {
    for (const { key, latency } of deltas) {
      if (!readStreamTimeKey(key)) continue;
      const known = this.#streamTimes.get(entryId(key)) ?? { key, latency: new LatencyHistogram() };
      known.latency.merge(latency);
      this.#streamTimes.set(entryId(key), known);
    }
  }

  /** @param second of the run; with `lastSecond` where nobody knows in which of several it was */
  addFailure(delta: FailureDelta, second: number, lastSecond: number = second): void {
    const created = { ...delta, firstSecond: second, lastSecond };
    const known = countKind(this.#failures, `${entryId(delta.key)}\n${delta.reason}`, created, {
      key: OTHER_ENTRY,
      reason: `further kinds of failure, beyond the first ${MAX_KINDS}`,
    });
    known.firstSecond = Math.min(known.firstSecond, second);
    known.lastSecond = Math.max(known.lastSecond, lastSecond);
  }

  addException(delta: ExceptionDelta, workerId: number): void {
    const id = [delta.userClass, delta.task, delta.message].join('\n');
    const message = `further kinds of exception, beyond the first ${MAX_KINDS}`;
    const other = { userClass: '(other)', task: '', message, stack: '' };
    const { workers } = countKind(this.#exceptions, id, { ...delta, workers: [] }, other);
    if (workers.length < MAX_WORKERS && !workers.includes(workerId)) workers.push(workerId);
  }

  #entry(key: EntryKey): EntryStatistics {
    const id = entryId(key);
    let entry = this.#entries.get(id);
    if (!entry) {
      entry = createEntry(key);
      this.#entries.set(id, entry);
    }
    return entry;
  }
}

function addDelta(entry: EntryStatistics, { counts, latency, service, ttfb }: EntryDelta): void {
  addCounts(entry.counts, counts);
  entry.latency.merge(latency);
  if (service) entry.service.merge(service);
  if (ttfb) entry.ttfb.merge(ttfb);
}

/** Adds to the kind that is known under `id`, to a new one, or to `other` once there are too many. */
function countKind<Kind extends { count: number }>(
  kinds: Map<string, Kind>,
  id: string,
  delta: Readonly<Kind>,
  other: Partial<Kind>,
): Kind {
  const fits = kinds.has(id) || kinds.size < MAX_KINDS;
  const key = fits ? id : OTHER;
  const known = kinds.get(key);
  if (known) {
    known.count += delta.count;
    return known;
  }
  const created = { ...delta, ...(fits ? undefined : other) };
  kinds.set(key, created);
  return created;
}

/** Most frequent first, then by id, so that the order of arrival does not show. */
function sortByCount<Kind extends { count: number }>(kinds: ReadonlyMap<string, Kind>): Kind[] {
  const sorted = [...kinds].sort(([idA, a], [idB, b]) => b.count - a.count || (idA < idB ? -1 : 1));
  return sorted.map(([, kind]) => kind);
}

function createEntry(key: EntryKey): EntryStatistics {
  return {
    key,
    counts: createCounts(),
    latency: new LatencyHistogram(),
    service: new LatencyHistogram(),
    ttfb: new LatencyHistogram(),
  };
}

/** A text that is equal for equal keys only, since scenarios and methods have no blanks. */
export function entryId({ scenario, method, name }: EntryKey): string {
  return scenario === undefined ? `${method} ${name}` : `${scenario}\t${method} ${name}`;
}

function compareKeys(a: EntryKey, b: EntryKey): number {
  const [inA, inB] = [a.scenario ?? '', b.scenario ?? ''];
  if (inA !== inB) return inA < inB ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.method < b.method ? -1 : a.method > b.method ? 1 : 0;
}
