import type { RunEvent, SpawnRate } from '@loadts/core';

/** What is left out stays as it is. */
export interface UsersChange {
  /** Over the whole cluster. */
  readonly users?: number | undefined;
  /** Users a second. */
  readonly spawnRate?: SpawnRate | undefined;
}

/** What is left out stays as it is. */
export interface RateChange {
  /** Iterations to start each second, over the whole cluster. */
  readonly rate?: number | undefined;
  /** Over the whole cluster. */
  readonly maxUsers?: number | undefined;
}

/** The load that a run is asked for now, its changes under way included. */
export type ControlledLoad =
  | { readonly model: 'closed'; readonly users: number; readonly spawnRate: SpawnRate }
  | { readonly model: 'open'; readonly rate: number; readonly maxUsers: number }
  /** Several scenarios, each with a load of its own; the most users that they want together. */
  | { readonly model: 'scenarios'; readonly users: number };

/**
 * A run that goes on, for those who steer it. Each action is an event of the run; one that changes nothing is none.
 * What cannot be done throws a LoadtsError and changes nothing: `CONTROL_REFUSED` where the run does not allow it now,
 * `CONFIG_INVALID` with all that is wrong with the values.
 */
export interface RunControl {
  readonly load: ControlledLoad;
  /** Who decides over users or rate, such as `the shape Wave`; undefined where they can be changed. */
  readonly ruledBy: string | undefined;
  readonly isPaused: boolean;
  /** The newest ones, oldest first. */
  readonly events: readonly RunEvent[];

  /** Users start and stop at the spawn rate, from now on. In a closed model. */
  changeUsers(change: UsersChange): void;
  /** The rate changes a second later, so that all workers have it in time. In an open model. */
  changeRate(change: RateChange): void;
  /** No iteration begins any more, an open run's a second later; those under way end. The clock runs on. */
  pause(): void;
  resume(): void;
  /** Forgets the totals so far; the series, the arrivals and the thresholds keep all. */
  resetStatistics(): void;
  /** The users finish and the run ends. */
  stop(): void;
  /** The users are cut off and the run ends; their requests under way count as aborted. */
  stopNow(): void;
}
