import type { Args, Clock } from '@loadts/core';
import type { ConnectionPools } from '../http/connection-pools.ts';
import type { Recorder } from '../statistics/recorder.ts';
import type { IterationBudget } from './iteration-budget.ts';

/** What all users of a run on this worker share. */
export interface UserEnvironment {
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly seed: number;
  /** From the command line: overrides what the classes say. */
  readonly host: string | undefined;
  readonly pools: ConnectionPools;
  /** What the script's `setup()` returned. */
  readonly data: unknown;
  readonly args: Args;
  /** Undefined where users may run as many iterations as they like. */
  readonly budget: IterationBudget | undefined;
  /** Asks the master to end the run; the reason says who wants it and why. */
  readonly stopRun: (reason: string) => void;
}
