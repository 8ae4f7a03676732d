/**
 * What became of one level of load. `held`: the objectives hold and the times stay as they are. Otherwise it failed:
 * objectives were `missed`, times kept growing (`unstable`), arrivals found no free user (`dropped`), or more load
 * brought no more requests (`saturated`).
 */
export type LevelOutcome = 'held' | 'missed' | 'unstable' | 'dropped' | 'saturated';

/** One measured level of a search. Times in milliseconds; null where no request had a measured time. */
export interface LevelMeasurement {
  /** Users, or iterations a second. */
  readonly level: number;
  readonly outcome: LevelOutcome;
  /** One sentence, where it failed. */
  readonly reason: string | undefined;
  /** Whether it failed so plainly that it need not be measured again. */
  readonly isClear: boolean;
  /** How long was measured, once the level had settled. */
  readonly seconds: number;
  readonly requestsPerSecond: number;
  /** Failed requests, 0 to 1. */
  readonly errors: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}
