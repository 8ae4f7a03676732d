import { addCounts, type EntryDelta, entryId, mergeSparse, sum } from '@loadts/core';

/** What escaped the tasks of one user class. */
export interface ExceptionCount {
  readonly userClass: string;
  readonly count: number;
}

/** Arrivals of one scenario that found no free user. */
export interface DropCount {
  /** Its name, where the script names its scenarios. */
  readonly scenario: string | undefined;
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
  /** Of open scenarios; one may come several times. */
  readonly drops?: readonly DropCount[] | undefined;
  /** All of them together; undefined where no scenario is an open one. */
  readonly dropped?: number | undefined;
  /** Whether this adds to a second that was told before. */
  readonly late: boolean;
}

/** What one worker adds to a second. */
export type SecondPart = Pick<SecondDelta, 'users' | 'entries' | 'aggregates' | 'exceptions' | 'drops'>;

interface OpenSecond {
  users: number;
  readonly entries: Map<string, EntryDelta>;
  readonly aggregates: Map<string, EntryDelta>;
  readonly exceptions: ExceptionCount[];
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
  /** The first second that was not told. */
  #next = 0;

  constructor(tell: (second: ToldSecond) => void) {
    this.#tell = tell;
  }

  add(second: number, part: SecondPart): void {
    const { users, entries, aggregates, exceptions, drops = [] } = part;
    if (second < this.#next) {
      const told = { second, users, entries, aggregates, exceptions, late: true };
      return this.#tell({ ...told, ...describeDrops(drops) });
    }
    const open = this.#openSecond(second);
    open.users += users;
    open.drops.push(...drops);
    open.exceptions.push(...exceptions);
    for (const entry of entries) open.entries.set(entryId(entry.key), join(open.entries, entry));
    for (const entry of aggregates) open.aggregates.set(entryId(entry.key), join(open.aggregates, entry));
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
    const { users, entries, aggregates, exceptions, drops } = this.#openSecond(second);
    this.#open.delete(second);
    this.#tell({
      second,
      users,
      entries: [...entries.values()],
      aggregates: [...aggregates.values()],
      exceptions,
      ...describeDrops(drops),
      late: false,
    });
  }

  #openSecond(second: number): OpenSecond {
    let open = this.#open.get(second);
    if (!open) {
      open = { users: 0, entries: new Map(), aggregates: new Map(), exceptions: [], drops: [] };
      this.#open.set(second, open);
    }
    return open;
  }
}

function describeDrops(drops: readonly DropCount[]): Pick<SecondDelta, 'drops' | 'dropped'> {
  return drops.length === 0 ? {} : { drops, dropped: sum(drops.map(({ count }) => count)) };
}

function join(entries: ReadonlyMap<string, EntryDelta>, added: EntryDelta): EntryDelta {
  const known = entries.get(entryId(added.key));
  if (!known) return added;
  const counts = { ...known.counts };
  addCounts(counts, added.counts);
  const latency = mergeSparse(known.latency, added.latency);
  const service =
    known.service && added.service
      ? mergeSparse(known.service, added.service)
      : (known.service ?? added.service);
  return { key: known.key, counts, latency, ...(service && { service }) };
}
