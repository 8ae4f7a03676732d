import type { Args, ArrivalPlan, HttpEngine, TagFilter, Threshold } from '@loadts/core';
import type { RunClass } from '@loadts/protocol';

/** What happens to a run when a worker is lost: the others take over, carry on as they are, or all stops. */
export type WorkerLossPolicy = 'rebalance' | 'continue' | 'stop';

/** One load of a run, on users of its own. */
export interface ScenarioSettings {
  /** Undefined for the only one of a script that names none. */
  readonly name: string | undefined;
  /** The classes that take part. */
  readonly classes: readonly RunClass[];
  /** The name of the shape that decides over the users; undefined where none does. */
  readonly shape?: string | undefined;
  /** Iterations start at a rate, on as many users as that takes; undefined: users start and go on by themselves. */
  readonly arrivals: ArrivalPlan | undefined;
  /** When it begins, since the run's start. */
  readonly startMs: number;
  /** When it ends, since the run's start. Undefined: with its load, or with the run. */
  readonly endMs: number | undefined;
}

/** Everything about a run that its master has to know. */
export interface RunSettings extends TagFilter {
  /** As the user named it. */
  readonly script: string;
  /** Overrides the hosts of the user classes. */
  readonly host: string | undefined;
  /** They run side by side; a class is in one of them. */
  readonly scenarios: readonly ScenarioSettings[];
  readonly seed: number;
  readonly runTimeMs: number | undefined;
  /** Of tasks, over all workers; undefined: no limit. */
  readonly iterations: number | undefined;
  readonly stopTimeoutMs: number;
  readonly maxEntries: number;
  readonly insecure: boolean;
  /** Undefined lets the workers choose. */
  readonly httpEngine?: HttpEngine | undefined;
  /** Whether the workers log each request and its response. */
  readonly debug: boolean;
  /** What the script's `setup()` made for the users, as JSON. */
  readonly data: string | null;
  readonly args: Args;
  /** Whether the script has something to do on the workers after the last user. */
  readonly endsScript: boolean;
  readonly onWorkerLoss: WorkerLossPolicy;
  /** How long users go on where their worker hears nothing of its master; not under `rebalance`. */
  readonly masterLostTimeoutMs: number;
  readonly thresholds: readonly Threshold[];
  /** Whether times to the first byte are wanted of all requests. */
  readonly ttfb: boolean;
  /** When the warm-up ends; undefined: when the wanted number of users is first reached. */
  readonly warmupSeconds: number | undefined;
  /** Whether the report leaves the warm-up out. */
  readonly resetStats: boolean;
  /** Whether the run proves nothing where a worker was the limit; else that is a warning. */
  readonly overloadIsInvalid: boolean;
}
