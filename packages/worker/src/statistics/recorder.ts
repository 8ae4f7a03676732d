import {
  type EntryKey,
  hasLatency,
  IntervalHistogram,
  isOtherEntry,
  OTHER_ENTRY,
  type Outcome,
  type StreamTime,
  streamTimeKey,
} from '@loadts/core';
import {
  type ArrivalRecord,
  type EntryTotals,
  type ExceptionRecord,
  type FailureRecord,
  type InternedEntry,
  type StatisticsRecord,
  TEXT_LIMITS,
} from '@loadts/protocol';
import { ClosingInterval } from './closing-interval.ts';
import { createEntryRecorder, type EntryRecorder } from './entry-recorder.ts';
import { exceptionId, FURTHER_EXCEPTIONS, FURTHER_FAILURES, failureId, KindCounter } from './kind-counter.ts';

/** Everything that was measured in one second of the run. */
export interface IntervalRecord {
  readonly interval: number;
  /** Users at its end. */
  readonly users: number;
  readonly newEntries: readonly InternedEntry[];
  readonly statistics: StatisticsRecord;
  readonly failures: readonly FailureRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  readonly arrivals: readonly ArrivalRecord[];
}

export interface RecorderOptions {
  /** Run time zero on this process's clock. */
  readonly startUs: number;
  /** The second in which measuring begins; 0 unless the worker came late. */
  readonly firstInterval?: number;
  /** Names told apart here, refused ones included. */
  readonly maxEntries: number;
  /** Whether times to the first byte are wanted of all requests. */
  readonly ttfb?: boolean;
  readonly countUsers: () => number;
  /** What became of the open scenarios' arrivals since the last call. */
  readonly takeArrivals?: (() => readonly ArrivalRecord[]) | undefined;
  /** Receives each interval once, when it is over. */
  readonly onInterval: (record: IntervalRecord) => void;
}

/** One request that has ended. */
export interface Sample {
  readonly entry: EntryRecorder;
  readonly outcome: Outcome;
  readonly durationUs: number;
  /** From sending to the end: in an open scenario, where the request was sent. */
  readonly serviceUs?: number | undefined;
  /** From sending to the first byte: where it is wanted, and there was one. */
  readonly ttfbUs?: number | undefined;
  readonly endUs: number;
  readonly bytesReceived: number;
  readonly retried: boolean;
}

/** One measured time of a stream's events. */
export interface StreamSample {
  readonly time: StreamTime;
  readonly durationUs: number;
  readonly atUs: number;
}

const SECOND_US = 1_000_000;

/** HOT: every request passes through `entry`, `started` and `record`. Sorts what is measured into seconds of the run. */
export class Recorder {
  readonly #options: RecorderOptions;
  /** HOT: whether times to the first byte are wanted of all requests. */
  readonly wantsTtfb: boolean;
  /** By scenario, method and name. */
  readonly #known: Map<string, Map<string, EntryRecorder>>[] = [];
  readonly #all: EntryRecorder[] = [];
  readonly #delay = new IntervalHistogram();
  readonly #failures = new KindCounter<FailureRecord & { count: number }>();
  readonly #exceptions = new KindCounter<ExceptionRecord & { count: number }>();
  #touched: EntryRecorder[] = [];
  #newEntries: InternedEntry[] = [];
  #closing: ClosingInterval | undefined;
  /** Requests that were started and have not ended. */
  #inFlight = 0;
  /** Their integral over time up to now, less those still under way times now. */
  #areaUs = 0;
  #interval: number;
  #boundaryUs: number;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.wantsTtfb = options.ttfb === true;
    this.#interval = options.firstInterval ?? 0;
    this.#boundaryUs = options.startUs + (this.#interval + 1) * SECOND_US;
  }

  /** @param scenario its index */
  entry(method: string, name: string, scenario = 0): EntryRecorder {
    const names = this.#known[scenario]?.get(method);
    return names?.get(name) ?? this.#addEntry({ method, name }, scenario);
  }

  /** Something that is measured beside the entries of the report, and is not one of the names that are told apart. */
  aggregate(key: EntryKey): EntryRecorder {
    return this.#createEntry(key, 0);
  }

  started(entry: EntryRecorder, atUs: number): void {
    if (atUs >= this.#boundaryUs) this.advance(atUs);
    this.#touch(entry);
    entry.counts.started++;
    this.#inFlight++;
    this.#areaUs -= atUs - this.#options.startUs;
  }

  record(sample: Sample): void {
    const { entry, outcome } = sample;
    if (sample.endUs >= this.#boundaryUs) this.advance(sample.endUs);
    this.#touch(entry);
    const counts = entry.counts;
    counts[outcome]++;
    this.#inFlight--;
    this.#areaUs += sample.endUs - this.#options.startUs;
    counts.bytesReceived += sample.bytesReceived;
    if (sample.retried) counts.retried++;
    if (!hasLatency(outcome)) return;
    entry.latency.record(sample.durationUs);
    if (sample.serviceUs !== undefined) {
      entry.service ??= new IntervalHistogram();
      entry.service.record(sample.serviceUs);
    }
    if (sample.ttfbUs === undefined) return;
    entry.ttfb ??= new IntervalHistogram();
    entry.ttfb.record(sample.ttfbUs);
  }

  /** Requests under way times how long, in microseconds: from starts and ends alone, for Little's law. */
  inFlightUs(nowUs: number): number {
    return Math.max(0, this.#areaUs + this.#inFlight * (nowUs - this.#options.startUs));
  }

  /** A time of a stream that goes on, or has ended, beside the request itself. */
  streamTime(of: EntryRecorder, { time, durationUs, atUs }: StreamSample): void {
    const entry = (of.streamTimes[time] ??= this.#createEntry(streamTimeKey(time, of.key), of.scenario));
    this.started(entry, atUs);
    this.record({ entry, outcome: 'ok', durationUs, endUs: atUs, bytesReceived: 0, retried: false });
  }

  generatorDelay(delayUs: number): void {
    this.#delay.record(delayUs);
  }

  failure(entry: EntryRecorder, reason: string): void {
    const create = (text: string) => () => ({ entryId: entry.id, reason: text, count: 1 });
    this.#failures.add(failureId({ entryId: entry.id, reason }), create(reason), create(FURTHER_FAILURES));
  }

  exception(thrown: Omit<ExceptionRecord, 'count' | 'stack'>, readStack: () => string): void {
    const exception = {
      userClass: thrown.userClass.slice(0, TEXT_LIMITS.userClass),
      task: thrown.task.slice(0, TEXT_LIMITS.task),
      message: thrown.message.slice(0, TEXT_LIMITS.exceptionMessage),
    };
    this.#exceptions.add(
      exceptionId(exception),
      () => ({ ...exception, stack: readStack().slice(0, TEXT_LIMITS.stack), count: 1 }),
      () => ({ ...FURTHER_EXCEPTIONS, count: 1 }),
    );
  }

  /** Further requests of these entries count as `(other)`; those under way still count under their name. */
  refuse(entryIds: readonly number[]): void {
    for (const id of entryIds) {
      const entry = this.#all[id];
      if (!entry) continue;
      const { key, scenario } = entry;
      this.#known[scenario]?.get(key.method)?.set(key.name, this.#other(scenario));
    }
  }

  /** Closes every interval that is over at `nowUs`. */
  advance(nowUs: number): void {
    if (nowUs < this.#boundaryUs) return;
    this.#close();
    this.#interval = Math.floor((nowUs - this.#options.startUs) / SECOND_US);
    this.#boundaryUs = this.#options.startUs + (this.#interval + 1) * SECOND_US;
  }

  /** Closes the current interval although it is not over: nothing more will be measured. */
  finish(): EntryTotals[] {
    this.#close();
    this.#closing?.finish();
    return this.#all.map((entry) => ({ entryId: entry.id, ...entry.totals }));
  }

  #close(): void {
    // One at a time, so that they are sent in order.
    this.#closing?.finish();
    const interval = this.#interval;
    const users = this.#options.countUsers();
    const newEntries = this.#newEntries;
    const generatorDelay = this.#delay.take();
    const failures = this.#failures.take();
    const exceptions = this.#exceptions.take();
    const arrivals = this.#options.takeArrivals?.() ?? [];
    this.#closing = new ClosingInterval(interval, this.#touched, (entries) => {
      const statistics = { generatorDelay, entries };
      this.#options.onInterval({ interval, users, newEntries, statistics, failures, exceptions, arrivals });
    });
    this.#newEntries = [];
    this.#touched = [];
    this.#closing.start();
  }

  #touch(entry: EntryRecorder): void {
    if (entry.interval === this.#interval) return;
    if (entry.interval !== undefined) this.#closing?.take(entry);
    entry.interval = this.#interval;
    this.#touched.push(entry);
  }

  #other(scenario: number): EntryRecorder {
    return this.entry(OTHER_ENTRY.method, OTHER_ENTRY.name, scenario);
  }

  #createEntry({ method, name }: EntryKey, scenario: number): EntryRecorder {
    const entry = createEntryRecorder(this.#all.length, scenario, { method, name });
    this.#all.push(entry);
    this.#newEntries.push({ id: entry.id, scenario, method, name });
    return entry;
  }

  #addEntry(key: EntryKey, scenario: number): EntryRecorder {
    const { method, name } = key;
    if (name.length > TEXT_LIMITS.name || method.length > TEXT_LIMITS.method) {
      return this.entry(method.slice(0, TEXT_LIMITS.method), name.slice(0, TEXT_LIMITS.name), scenario);
    }
    if (this.#all.length >= this.#options.maxEntries && !isOtherEntry(key)) return this.#other(scenario);
    const entry = this.#createEntry(key, scenario);
    const methods = (this.#known[scenario] ??= new Map<string, Map<string, EntryRecorder>>());
    const names = methods.get(method) ?? new Map<string, EntryRecorder>();
    names.set(name, entry);
    methods.set(method, names);
    return entry;
  }
}
