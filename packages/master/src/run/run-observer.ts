import type { RunEvent, SecondDelta, ThresholdResult, WorkerFacts, WorkerHealth } from '@loadts/core';

/** Is told what happens in a run while it goes on. */
export interface RunObserver {
  /** Time zero. @param startedMs since 1970 */
  start(startedMs: number, workers: readonly WorkerFacts[]): void;
  /** One that was not there at time zero takes part. */
  addWorker(worker: WorkerFacts): void;
  /** Each second of the run in turn, a moment after it is over, and again what comes late to it. */
  addSecond(delta: SecondDelta): void;
  /** After each second, where there are thresholds: how they stand. */
  noteThresholds(results: readonly ThresholdResult[]): void;
  /** About once a second for each worker, while there is load. */
  addHealth(health: WorkerHealth): void;
  /** What happens beside the requests: changes by hand, stages, workers that come and go. */
  addEvent(event: RunEvent): void;
}
