import type { Args } from '../user/arg.ts';

declare global {
  // Node's or the DOM's, where a script has those types.
  interface AbortSignal {}
}

/** What `onRunStart()` and `onRunStop()` are called with: once a run, on every worker. */
export interface WorkerContext {
  /** The base URL of the command line, or the one that all user classes share. */
  readonly host: string | undefined;
  /** The script's own arguments. */
  readonly args: Args;
  /** What `setup()` returned, as JSON made it. Frozen. */
  readonly data: unknown;
  /** This worker's place among those that the run began with: 0 to `count - 1`. */
  readonly worker: { readonly index: number; readonly count: number };
  /** Aborts after 60 s in `onRunStart`, 30 s in `onRunStop`, and when the run is cut short: pass it on to `fetch`. */
  readonly signal: AbortSignal;
}

/** The functions of a script that run once a run on every worker, unmeasured. */
export interface WorkerHooks {
  readonly onRunStart?: (context: WorkerContext) => unknown;
  readonly onRunStop?: (context: WorkerContext) => unknown;
}
