import {
  type ArrivalDelta,
  addCounts,
  createCounts,
  type DropCount,
  type EntryCounts,
  type EntryDelta,
  type EntryKey,
  type ExceptionPart,
  entryId,
  type FailureDelta,
  IntervalHistogram,
  joinArrivals,
  type SecondDelta,
  type SparseHistogram,
} from '@loadts/core';

/** What one worker adds to a second. */
export type SecondPart = Omit<SecondDelta, 'second' | 'countedFrom' | 'late'>;

/** HOT: every worker adds to each of them, every second. */
interface EntrySum {
  readonly key: EntryKey;
  readonly counts: EntryCounts;
  readonly latency: IntervalHistogram;
  service: IntervalHistogram | undefined;
  ttfb: IntervalHistogram | undefined;
}

interface OpenSecond {
  users: number;
  readonly entries: Map<string, EntrySum>;
  readonly aggregates: Map<string, EntrySum>;
  readonly failures: Map<string, FailureDelta>;
  readonly exceptions: Map<string, ExceptionPart>;
  readonly generatorDelay: IntervalHistogram;
  dropped: number | undefined;
  arrivals: ArrivalDelta | undefined;
  isSpread: boolean;
  readonly drops: DropCount[];
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
    if (second < this.#next) return this.#tell({ ...part, second, late: true });
    const { users, entries, aggregates, failures, exceptions, generatorDelay, dropped, drops = [] } = part;
    const open = this.#openSecond(second);
    open.isSpread ||= part.isSpread === true;
    open.users += users;
    if (dropped !== undefined) open.dropped = (open.dropped ?? 0) + dropped;
    if (part.arrivals) open.arrivals = joinArrivals(open.arrivals, part.arrivals);
    open.drops.push(...drops);
    open.generatorDelay.merge(generatorDelay);
    for (const entry of entries) this.#addEntry(open.entries, entry);
    for (const entry of aggregates) this.#addEntry(open.aggregates, entry);
    for (const failure of failures) joinFailure(open.failures, failure);
    for (const exception of exceptions) joinException(open.exceptions, exception);
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
    const { users, dropped, drops, arrivals, isSpread, ...open } = this.#openSecond(second);
    this.#open.delete(second);
    this.#tell({
      second,
      users,
      entries: this.#takeEntries(open.entries),
      aggregates: this.#takeEntries(open.aggregates),
      failures: [...open.failures.values()],
      exceptions: [...open.exceptions.values()],
      generatorDelay: this.#take(open.generatorDelay),
      dropped,
      ...(drops.length > 0 && { drops }),
      ...(arrivals && { arrivals }),
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
        failures: new Map(),
        exceptions: new Map(),
        generatorDelay: this.#histogram(),
        dropped: undefined,
        arrivals: undefined,
        drops: [],
        isSpread: false,
      };
      this.#open.set(second, open);
    }
    return open;
  }

  #addEntry(sums: Map<string, EntrySum>, { key, counts, latency, service, ttfb }: EntryDelta): void {
    const id = entryId(key);
    let sum = sums.get(id);
    if (!sum) {
      const [counted, measured] = [createCounts(), this.#histogram()];
      sum = { key, counts: counted, latency: measured, service: undefined, ttfb: undefined };
      sums.set(id, sum);
    }
    addCounts(sum.counts, counts);
    sum.latency.merge(latency);
    if (service) {
      sum.service ??= this.#histogram();
      sum.service.merge(service);
    }
    if (!ttfb) return;
    sum.ttfb ??= this.#histogram();
    sum.ttfb.merge(ttfb);
  }

  #takeEntries(sums: ReadonlyMap<string, EntrySum>): EntryDelta[] {
    return [...sums.values()].map(({ key, counts, latency, service, ttfb }) => ({
      key,
      counts,
      latency: this.#take(latency),
      ...(service && { service: this.#take(service) }),
      ...(ttfb && { ttfb: this.#take(ttfb) }),
    }));
  }

  #histogram(): IntervalHistogram {
    return this.#free.pop() ?? new IntervalHistogram();
  }

  #take(histogram: IntervalHistogram): SparseHistogram {
    this.#free.push(histogram);
    return histogram.take();
  }
}

function joinFailure(failures: Map<string, FailureDelta>, added: FailureDelta): void {
  const id = `${entryId(added.key)}\n${added.reason}`;
  const count = (failures.get(id)?.count ?? 0) + added.count;
  failures.set(id, { ...added, count });
}

function joinException(exceptions: Map<string, ExceptionPart>, added: ExceptionPart): void {
  const id = [added.userClass, added.task, added.message].join('\n');
  const known = exceptions.get(id);
  if (!known) return void exceptions.set(id, added);
  const workers = [...new Set([...known.workers, ...added.workers])];
  exceptions.set(id, { ...known, count: known.count + added.count, workers });
}
