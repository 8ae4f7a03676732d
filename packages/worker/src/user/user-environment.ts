import type { Args, Clock } from '@loadts/core';
import type { ArrivalDesk } from '../arrival/arrival-desk.ts';
import type { WorkerEvents } from '../events/worker-events.ts';
import type { ConnectionPools } from '../http/connection-pools.ts';
import type { Recorder } from '../statistics/recorder.ts';
import type { IterationBudget } from './iteration-budget.ts';
import type { IterationHold } from './iteration-hold.ts';

/** What all users of a run on this worker share. */
export interface UserEnvironment {
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** The index of the scenario that they belong to. */
  readonly scenario: number;
  /** Run time zero on this process's clock. */
  readonly runStartUs: number;
  readonly events: WorkerEvents;
  /** Errors that have failed a measured sample: where they escape a task as well, they are no exceptions of it. */
  readonly countedErrors: WeakSet<object>;
  readonly seed: number;
  /** From the command line: overrides what the classes say. */
  readonly host: string | undefined;
  readonly pools: ConnectionPools;
  /** What the script's `setup()` returned. */
  readonly data: unknown;
  readonly args: Args;
  /** Undefined where users may run as many iterations as they like. */
  readonly budget: IterationBudget | undefined;
  /** Where users wait for arrivals, each of which is one iteration; undefined in a closed model. */
  readonly desk?: Pick<ArrivalDesk, 'sit'> | undefined;
  /** Undefined where nothing ever keeps users from beginning an iteration. */
  readonly hold?: IterationHold;
  /** Asks the master to end the run; the reason says who wants it and why. */
  readonly stopRun: (reason: string) => void;
}
