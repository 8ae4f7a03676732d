import { type Coverage, RunHistory, RunStatistics, type SecondDelta, sparsePercentileUs } from '@loadts/core';
import type { FinalMessage, SnapshotMessage } from '@loadts/protocol';
import { ArrivalTally } from './arrival-tally.ts';
import { EntryTable } from './entry-table.ts';
import { RecentArrivals } from './recent-arrivals.ts';
import { SecondFeed, type SecondPart } from './second-feed.ts';
import { type Delta, WorkerIntake } from './worker-intake.ts';

/** What one worker's requests were like in the last second of which something came. */
export interface WorkerPace {
  readonly medianUs: number;
  /** 99th percentile of the time from a call to the sending of its request. */
  readonly sendDelayUs: number;
}

export interface CollectorOptions {
  readonly workerIds: readonly number[];
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
  readonly #intakes: Map<number, WorkerIntake>;
  #mostUsers = 0;

  constructor({ workerIds, maxEntries, aggregates, onSecond }: CollectorOptions) {
    this.#table = new EntryTable(maxEntries, aggregates);
    this.#seconds = new SecondFeed((told) => {
      this.#mostUsers = Math.max(this.#mostUsers, told.users);
      onSecond({ ...told, countedFrom: this.#countedFrom });
    });
    this.#intakes = new Map(workerIds.map((id) => [id, new WorkerIntake(this.#table)]));
  }

  /** A worker takes part that was not there from the start. */
  addWorker(workerId: number): void {
    this.#intakes.set(workerId, new WorkerIntake(this.#table));
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

  /** The workers that are gone without their last word. */
  get lost(): number[] {
    return [...this.#intakes].filter(([, intake]) => intake.isLost).map(([id]) => id);
  }

  /** Requests under way times how long, in microseconds, over all workers that have said their last word. */
  get inFlightUs(): number {
    return [...this.#intakes.values()].reduce((total, { inFlightUs = 0 }) => total + inFlightUs, 0);
  }

  /** What came and what is missing, judged now. */
  get coverage(): Coverage {
    const gaps = [...this.#intakes].map(([id, intake]) =>
      intake.describeGaps().map((gap) => `worker ${id}: ${gap}`),
    );
    return {
      workers: this.#intakes.size,
      complete: gaps.filter((ofWorker) => ofWorker.length === 0).length,
      gaps: gaps.flat(),
    };
  }

  #add(workerId: number, delta: Delta): WorkerPace {
    const { interval, users, arrivals } = delta;
    this.#seconds.add(interval, partOf(workerId, delta));
    if (arrivals) this.arrivals.add(workerId, arrivals);
    if (arrivals) this.recentArrivals.add(interval, arrivals);
    // What does not count goes into totals that nobody reads.
    const statistics = interval >= this.#countedFrom ? this.#statistics : new RunStatistics();
    const { counts, latency } = statistics.add(delta.entries);
    statistics.addStreamTimes(delta.aggregates);
    this.history.add(interval, counts, latency, users);
    statistics.generatorDelay.merge(delta.generatorDelay);
    for (const failure of delta.failures) statistics.addFailure(failure, interval);
    for (const exception of delta.exceptions) statistics.addException(exception, workerId);
    return {
      medianUs: sparsePercentileUs(latency, 50),
      sendDelayUs: sparsePercentileUs(delta.generatorDelay, 99),
    };
  }
}

function partOf(workerId: number, delta: Delta): SecondPart {
  const { users, entries, aggregates, failures, exceptions, generatorDelay, arrivals } = delta;
  return {
    users,
    entries,
    aggregates,
    failures,
    exceptions: exceptions.map((exception) => ({ ...exception, workers: [workerId] })),
    generatorDelay,
    dropped: arrivals?.dropped,
  };
}
