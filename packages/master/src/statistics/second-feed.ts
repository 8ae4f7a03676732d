import {
  addCounts,
  EMPTY_HISTOGRAM,
  type EntryDelta,
  type ExceptionPart,
  entryId,
  type FailureDelta,
  mergeSparse,
  type SecondDelta,
  type SparseHistogram,
} from '@loadts/core';

/** What one worker adds to a second. */
export type SecondPart = Omit<SecondDelta, 'second' | 'countedFrom' | 'late'>;

interface OpenSecond {
  users: number;
  readonly entries: Map<string, EntryDelta>;
  readonly aggregates: Map<string, EntryDelta>;
  readonly failures: Map<string, FailureDelta>;
  readonly exceptions: Map<string, ExceptionPart>;
  generatorDelay: SparseHistogram;
  dropped: number | undefined;
}

/** How long the workers have to deliver a second after it is over. */
const GRACE_SECONDS = 1;

/** A second as its workers measured it. */
export type ToldSecond = Omit<SecondDelta, 'countedFrom'>;

/** Puts the workers' parts of each second together and tells them in order, a moment after the second is over. */
export class SecondFeed {
  readonly #tell: (second: ToldSecond) => void;
  readonly #open = new Map<number, OpenSecond>();
  /** The first second that was not told. */
  #next = 0;

  constructor(tell: (second: ToldSecond) => void) {
    this.#tell = tell;
  }

  add(second: number, part: SecondPart): void {
    if (second < this.#next) return this.#tell({ ...part, second, late: true });
    const { users, entries, aggregates, failures, exceptions, generatorDelay, dropped } = part;
    const open = this.#openSecond(second);
    open.users += users;
    if (dropped !== undefined) open.dropped = (open.dropped ?? 0) + dropped;
    open.generatorDelay = mergeSparse(open.generatorDelay, generatorDelay);
    for (const entry of entries) open.entries.set(entryId(entry.key), join(open.entries, entry));
    for (const entry of aggregates) open.aggregates.set(entryId(entry.key), join(open.aggregates, entry));
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
    const { entries, aggregates, failures, exceptions, ...rest } = this.#openSecond(second);
    this.#open.delete(second);
    this.#tell({
      ...rest,
      second,
      entries: [...entries.values()],
      aggregates: [...aggregates.values()],
      failures: [...failures.values()],
      exceptions: [...exceptions.values()],
      late: false,
    });
  }

  #openSecond(second: number): OpenSecond {
    let open = this.#open.get(second);
    if (!open) {
      open = createSecond();
      this.#open.set(second, open);
    }
    return open;
  }
}

function createSecond(): OpenSecond {
  return {
    users: 0,
    entries: new Map(),
    aggregates: new Map(),
    failures: new Map(),
    exceptions: new Map(),
    generatorDelay: EMPTY_HISTOGRAM,
    dropped: undefined,
  };
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

function join(entries: ReadonlyMap<string, EntryDelta>, added: EntryDelta): EntryDelta {
  const known = entries.get(entryId(added.key));
  if (!known) return added;
  const counts = { ...known.counts };
  addCounts(counts, added.counts);
  const latency = mergeSparse(known.latency, added.latency);
  const service = joinPart(known.service, added.service);
  const ttfb = joinPart(known.ttfb, added.ttfb);
  return { key: known.key, counts, latency, ...(service && { service }), ...(ttfb && { ttfb }) };
}

function joinPart(
  known: SparseHistogram | undefined,
  added: SparseHistogram | undefined,
): SparseHistogram | undefined {
  return known && added ? mergeSparse(known, added) : (known ?? added);
}
