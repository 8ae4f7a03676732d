import { type Coverage, RunHistory, RunStatistics, sparsePercentileUs } from '@loadts/core';
import type { FinalMessage, SnapshotMessage } from '@loadts/protocol';
import { EntryTable } from './entry-table.ts';
import { type Delta, WorkerIntake } from './worker-intake.ts';

/** What one worker's requests were like in the last second of which something came. */
export interface WorkerPace {
  readonly medianUs: number;
  /** 99th percentile of the time from a call to the sending of its request. */
  readonly sendDelayUs: number;
}

/** Merges what the workers measured. Nothing is counted twice, and what is missing is known. */
export class Collector {
  readonly #pace = new Map<number, WorkerPace>();
  readonly statistics: RunStatistics = new RunStatistics();
  readonly history: RunHistory = new RunHistory();
  readonly #intakes: ReadonlyMap<number, WorkerIntake>;

  /** @param maxEntries names that are told apart; the rest is counted together */
  constructor(workerIds: readonly number[], maxEntries: number) {
    const table = new EntryTable(maxEntries);
    this.#intakes = new Map(workerIds.map((id) => [id, new WorkerIntake(table)]));
  }

  /**
   * @returns the worker's entries that came too late to be told apart
   * @throws LoadtsError `MESSAGE_INVALID` for a snapshot that cannot be right; nothing of it is counted.
   */
  take(workerId: number, message: SnapshotMessage): readonly number[] {
    const delta = this.#intakes.get(workerId)?.take(message);
    if (!delta) return [];
    this.#pace.set(workerId, this.#add(delta));
    return delta.refused;
  }

  paceOf(workerId: number): WorkerPace {
    return this.#pace.get(workerId) ?? { medianUs: 0, sendDelayUs: 0 };
  }

  finish(workerId: number, message: FinalMessage): void {
    this.#intakes.get(workerId)?.finish(message);
  }

  /** Nothing more will come from this worker. */
  lose(workerId: number, reason: string): void {
    this.#intakes.get(workerId)?.lose(reason);
  }

  /** The workers from which something is still to come. */
  get outstanding(): number[] {
    return [...this.#intakes].filter(([, intake]) => !intake.settled).map(([id]) => id);
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

  #add(delta: Delta): WorkerPace {
    const { counts, latency } = this.statistics.add(delta.entries);
    this.history.add(delta.interval, counts, latency);
    this.statistics.generatorDelay.merge(delta.generatorDelay);
    for (const failure of delta.failures) this.statistics.addFailure(failure);
    for (const exception of delta.exceptions) this.statistics.addException(exception);
    return {
      medianUs: sparsePercentileUs(latency, 50),
      sendDelayUs: sparsePercentileUs(delta.generatorDelay, 99),
    };
  }
}
