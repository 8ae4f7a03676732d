import {
  addCounts,
  createCounts,
  type EntryCounts,
  type EntryDelta,
  type EntryKey,
  entryId,
  IntervalHistogram,
} from '@loadts/core';

/** What escaped the tasks of one user class. */
export interface ExceptionCount {
  readonly userClass: string;
  readonly count: number;
}

/** What all workers together measured in one second of the run. */
export interface SecondDelta {
  readonly second: number;
  /** Users at its end. */
  readonly users: number;
  readonly entries: readonly EntryDelta[];
  /** What thresholds select, by its id as the name. */
  readonly aggregates: readonly EntryDelta[];
  /** A class may come several times. */
  readonly exceptions: readonly ExceptionCount[];
  /** The first second that the report counts. */
  readonly countedFrom: number;
  /** Arrivals of an open scenario that found no free user. */
  readonly dropped?: number | undefined;
  /** Some of it is a share of what a worker could only send as the sum of several seconds. */
  readonly isSpread?: boolean | undefined;
  /** Whether this adds to a second that was told before. */
  readonly late: boolean;
}

/** What one worker adds to a second. */
export type SecondPart = Pick<
  SecondDelta,
  'users' | 'entries' | 'aggregates' | 'exceptions' | 'dropped' | 'isSpread'
>;

/** HOT: every worker adds to each of them, every second. */
interface EntrySum {
  readonly key: EntryKey;
  readonly counts: EntryCounts;
  readonly latency: IntervalHistogram;
  service: IntervalHistogram | undefined;
}

interface OpenSecond {
  users: number;
  readonly entries: Map<string, EntrySum>;
  readonly aggregates: Map<string, EntrySum>;
  readonly exceptions: ExceptionCount[];
  dropped: number | undefined;
  isSpread: boolean;
}

/** How long the workers have to deliver a second after it is over. */
const GRACE_SECONDS = 1;

/** A second as its workers measured it. */
export type ToldSecond = Omit<SecondDelta, 'countedFrom'>;

/** Puts the workers' parts of each second together and tells them in order, a moment after the second is over. */
export class SecondFeed {
  readonly #tell: (second: ToldSecond) => void;
  readonly #open = new Map<number, OpenSecond>();
  /** Empty ones, for the next second. */
  readonly #free: IntervalHistogram[] = [];
  /** The first second that was not told. */
  #next = 0;

  constructor(tell: (second: ToldSecond) => void) {
    this.#tell = tell;
  }

  add(second: number, part: SecondPart): void {
    const { users, entries, aggregates, exceptions, dropped, isSpread = false } = part;
    if (second < this.#next) {
      const known = { second, users, entries, aggregates, exceptions, dropped, late: true };
      return this.#tell({ ...known, ...(isSpread && { isSpread }) });
    }
    const open = this.#openSecond(second);
    open.isSpread ||= isSpread;
    open.users += users;
    if (dropped !== undefined) open.dropped = (open.dropped ?? 0) + dropped;
    open.exceptions.push(...exceptions);
    for (const entry of entries) this.#addEntry(open.entries, entry);
    for (const entry of aggregates) this.#addEntry(open.aggregates, entry);
  }

  /** Tells every second whose grace is over, those in which nothing happened included. */
  advance(elapsedSeconds: number): void {
    while (this.#next + 1 + GRACE_SECONDS <= elapsedSeconds) this.#tellNext();
  }

  /** Tells all that is there: nothing more is to come. */
  finish(): void {
    const last = Math.max(-1, ...this.#open.keys());
    while (this.#next <= last) this.#tellNext();
  }

  #tellNext(): void {
    const second = this.#next++;
    const { users, entries, aggregates, exceptions, dropped, isSpread } = this.#openSecond(second);
    this.#open.delete(second);
    this.#tell({
      second,
      users,
      entries: this.#takeEntries(entries),
      aggregates: this.#takeEntries(aggregates),
      exceptions,
      dropped,
      ...(isSpread && { isSpread }),
      late: false,
    });
  }

  #openSecond(second: number): OpenSecond {
    let open = this.#open.get(second);
    if (!open) {
      open = {
        users: 0,
        entries: new Map(),
        aggregates: new Map(),
        exceptions: [],
        dropped: undefined,
        isSpread: false,
      };
      this.#open.set(second, open);
    }
    return open;
  }

  #addEntry(sums: Map<string, EntrySum>, { key, counts, latency, service }: EntryDelta): void {
    const id = entryId(key);
    let sum = sums.get(id);
    if (!sum) {
      sum = { key, counts: createCounts(), latency: this.#histogram(), service: undefined };
      sums.set(id, sum);
    }
    addCounts(sum.counts, counts);
    sum.latency.merge(latency);
    if (!service) return;
    sum.service ??= this.#histogram();
    sum.service.merge(service);
  }

  #takeEntries(sums: ReadonlyMap<string, EntrySum>): EntryDelta[] {
    return [...sums.values()].map(({ key, counts, latency, service }) => {
      this.#free.push(latency, ...(service ? [service] : []));
      return { key, counts, latency: latency.take(), ...(service && { service: service.take() }) };
    });
  }

  #histogram(): IntervalHistogram {
    return this.#free.pop() ?? new IntervalHistogram();
  }
}
