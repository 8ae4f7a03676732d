import {
  type ArrivalDelta,
  type Coverage,
  type EntryDelta,
  joinArrivals,
  RunHistory,
  RunStatistics,
  type SecondDelta,
  sparsePercentileUs,
  sum,
} from '@loadts/core';
import type { ArrivalRecord, FinalMessage, SnapshotMessage } from '@loadts/protocol';
import { ArrivalTally } from './arrival-tally.ts';
import { EntryTable } from './entry-table.ts';
import { RecentArrivals } from './recent-arrivals.ts';
import { SecondFeed, type SecondPart } from './second-feed.ts';
import { spreadDelta } from './spread-delta.ts';
import { type Delta, WorkerIntake } from './worker-intake.ts';

/** What one worker's requests were like in the last second of which something came. */
export interface WorkerPace {
  readonly medianUs: number;
  /** 99th percentile of the time from a call to the sending of its request. */
  readonly sendDelayUs: number;
}

export interface CollectorOptions {
  readonly workerIds: readonly number[];
  /** Their names, by index; one without a name unless given. */
  readonly scenarios?: readonly (string | undefined)[];
  /** Names that are told apart; the rest is counted together. */
  readonly maxEntries: number;
  /** Ids of what is added up for thresholds beside the entries. */
  readonly aggregates: readonly string[];
  /** Called for each second of the run in turn, and again for what came late to it. */
  readonly onSecond: (delta: SecondDelta) => void;
}

/** Merges what the workers measured. Nothing is counted twice, and what is missing is known. */
export class Collector {
  readonly #pace = new Map<number, WorkerPace>();
  #statistics = new RunStatistics();
  #countedFrom = 0;
  readonly history: RunHistory = new RunHistory();
  readonly arrivals: ArrivalTally = new ArrivalTally();
  readonly recentArrivals: RecentArrivals = new RecentArrivals();
  readonly #seconds: SecondFeed;
  readonly #table: EntryTable;
  readonly #scenarios: readonly (string | undefined)[];
  readonly #intakes: Map<number, WorkerIntake>;
  /** Of workers that were missing and take part anew. */
  readonly #past: [workerId: number, intake: WorkerIntake][] = [];
  #mostUsers = 0;
  /** Seconds that came in sums of several, by worker. */
  readonly #spreadSeconds = new Map<number, number>();

  constructor({ workerIds, scenarios = [undefined], maxEntries, aggregates, onSecond }: CollectorOptions) {
    this.#scenarios = scenarios;
    this.#table = new EntryTable(maxEntries, aggregates);
    this.#seconds = new SecondFeed((told) => {
      this.#mostUsers = Math.max(this.#mostUsers, told.users);
      onSecond({ ...told, countedFrom: this.#countedFrom });
    });
    this.#intakes = new Map(workerIds.map((id) => [id, new WorkerIntake(this.#table, scenarios)]));
  }

  /** A worker takes part that was not there from the start, or that was missing and begins anew. */
  addWorker(workerId: number): void {
    const past = this.#intakes.get(workerId);
    if (past) this.#past.push([workerId, past]);
    this.#intakes.set(workerId, new WorkerIntake(this.#table, this.#scenarios));
  }

  /** Whether nothing more is to come from it. */
  isSettled(workerId: number): boolean {
    return this.#intakes.get(workerId)?.settled ?? true;
  }

  /** Totals of the seconds that count. */
  get statistics(): RunStatistics {
    return this.#statistics;
  }

  /** The first second that counts; the series have all of them. */
  get countedFrom(): number {
    return this.#countedFrom;
  }

  /** Forgets the totals so far: only what is measured from this second on counts. */
  countFrom(second: number): void {
    this.#countedFrom = second;
    this.#statistics = new RunStatistics();
  }

  /**
   * @returns the worker's entries that came too late to be told apart
   * @throws LoadtsError `MESSAGE_INVALID` for a snapshot that cannot be right; nothing of it is counted.
   */
  take(workerId: number, message: SnapshotMessage): readonly number[] {
    const delta = this.#intakes.get(workerId)?.take(message);
    if (!delta) return [];
    this.#pace.set(workerId, this.#add(workerId, delta));
    return delta.refused;
  }

  /** The seconds that are over by then have all that comes in time. */
  advance(elapsedSeconds: number): void {
    this.#seconds.advance(elapsedSeconds);
  }

  /** Nothing more will come of any second. */
  finishSeconds(): void {
    this.#seconds.finish();
  }

  paceOf(workerId: number): WorkerPace {
    return this.#pace.get(workerId) ?? { medianUs: 0, sendDelayUs: 0 };
  }

  finish(workerId: number, message: FinalMessage): void {
    this.#intakes.get(workerId)?.finish(message);
  }

  /** A worker that was lost is back to deliver. */
  restore(workerId: number): void {
    this.#intakes.get(workerId)?.restore();
  }

  /** Nothing more will come from this worker. */
  lose(workerId: number, reason: string): void {
    this.#intakes.get(workerId)?.lose(reason);
  }

  /** The workers from which something is still to come. */
  get outstanding(): number[] {
    return [...this.#intakes].filter(([, intake]) => !intake.settled).map(([id]) => id);
  }

  /** The most users at the end of a second. */
  get mostUsers(): number {
    return this.#mostUsers;
  }

  /** One sentence for each worker of which the series are less exact than the totals. */
  get notes(): string[] {
    return [...this.#spreadSeconds].map(
      ([id, seconds]) =>
        `worker ${id} sent ${seconds} seconds in sums of several, since its connection or the master was slow: the totals are exact, the series show their mean`,
    );
  }

  /** The workers of which the last word never came. */
  get lost(): number[] {
    const all = [...this.#past, ...this.#intakes];
    return [...new Set(all.filter(([, intake]) => intake.isLost).map(([id]) => id))];
  }

  /** Requests under way times how long, in microseconds, over all workers that have said their last word. */
  get inFlightUs(): number {
    const all = [...this.#past, ...this.#intakes];
    return all.reduce((total, [, { inFlightUs = 0 }]) => total + inFlightUs, 0);
  }

  /** What came and what is missing, judged now. */
  get coverage(): Coverage {
    const past = this.#past.flatMap(([id, intake]) =>
      intake.describeGaps().map((gap) => ({ id, text: `worker ${id}: ${gap}, until it came back` })),
    );
    const current = [...this.#intakes].flatMap(([id, intake]) =>
      intake.describeGaps().map((gap) => ({ id, text: `worker ${id}: ${gap}` })),
    );
    const gaps = [...past, ...current];
    const incomplete = new Set(gaps.map(({ id }) => id));
    return {
      workers: this.#intakes.size,
      complete: this.#intakes.size - incomplete.size,
      gaps: gaps.map(({ text }) => text),
    };
  }

  #add(workerId: number, delta: Delta): WorkerPace {
    const parts = spreadDelta(delta);
    for (const part of parts) {
      const arrivals = this.#countArrivals(part.arrivals);
      this.#seconds.add(part.interval, { ...partOf(workerId, part, parts.length > 1), ...arrivals });
    }
    for (const record of delta.arrivals) {
      this.arrivals.add(workerId, record);
      this.recentArrivals.add(delta.interval, record);
    }
    const gained = this.#addToTotals(workerId, delta, parts);
    if (parts.length === 1) this.history.add(delta.interval, gained.counts, gained.latency, delta.users);
    else this.#addSpread(workerId, parts);
    return {
      medianUs: sparsePercentileUs(gained.latency, 50),
      sendDelayUs: sparsePercentileUs(delta.generatorDelay, 99),
    };
  }

  #addToTotals(workerId: number, delta: Delta, parts: readonly Delta[]): Omit<EntryDelta, 'key'> {
    const { interval, lastInterval } = delta;
    // What does not count goes into totals that nobody reads.
    const statistics = lastInterval >= this.#countedFrom ? this.#statistics : new RunStatistics();
    const counted = parts.filter((part) => part.interval >= this.#countedFrom);
    const isPartial = counted.length > 0 && counted.length < parts.length;
    statistics.generatorDelay.merge(delta.generatorDelay);
    for (const failure of delta.failures) statistics.addFailure(failure, interval, lastInterval);
    for (const exception of delta.exceptions) statistics.addException(exception, workerId);
    const aggregates = isPartial ? counted.flatMap((part) => part.aggregates) : delta.aggregates;
    statistics.addStreamTimes(aggregates);
    return statistics.add(isPartial ? counted.flatMap(({ entries }) => entries) : delta.entries);
  }

  #addSpread(workerId: number, parts: readonly Delta[]): void {
    const seconds = this.#spreadSeconds.get(workerId) ?? 0;
    this.#spreadSeconds.set(workerId, seconds + parts.length);
    for (const { interval, users, entries } of parts) {
      const { counts, latency } = new RunStatistics().add(entries);
      this.history.add(interval, counts, latency, users);
      this.history.noteSpread(interval);
    }
  }

  #countArrivals(arrivals: readonly ArrivalRecord[]): Pick<SecondPart, 'dropped' | 'drops' | 'arrivals'> {
    if (arrivals.length === 0) return {};
    const drops = arrivals.map((record) => {
      const scenario = this.#scenarios[record.scenario];
      return { ...(scenario !== undefined && { scenario }), count: record.dropped };
    });
    const all = arrivals.reduce<ArrivalDelta | undefined>(joinArrivals, undefined);
    return { dropped: sum(drops.map(({ count }) => count)), drops, arrivals: all };
  }
}

function partOf(workerId: number, delta: Delta, isSpread: boolean): SecondPart {
  const { users, entries, aggregates, failures, exceptions, generatorDelay } = delta;
  return {
    users,
    entries,
    aggregates,
    failures,
    exceptions: exceptions.map((exception) => ({ ...exception, workers: [workerId] })),
    generatorDelay,
    ...(isSpread && { isSpread }),
  };
}
