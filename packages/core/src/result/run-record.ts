import type { RunEvent } from '../run/run-event.ts';
import type { RunReport } from '../run/run-report.ts';
import type { SecondDelta } from '../stats/second-delta.ts';
import type { ThresholdResult } from '../threshold/threshold-watch.ts';
import type { RunStart, WorkerFacts } from './run-result.ts';

/** How one worker was in about one second of the run. */
export interface WorkerHealth {
  readonly workerId: number;
  readonly second: number;
  readonly users: number;
  /** 99th percentile of how late the event loop served what was due. */
  readonly loopDelayUs: number;
  /** 99th percentile of the time from a call to the sending of its request. */
  readonly sendDelayUs: number;
  /** Share of the time that the event loop was busy, 0 to 1. */
  readonly utilization: number;
  /** CPU time per elapsed time; above 1 where several threads work. */
  readonly cpu: number;
  /** Time in which garbage was collected. */
  readonly collectingUs: number;
  readonly memoryBytes: number;
}

/** What the master writes down of a run, in this order: one start, anything of the middle, one end. */
export type RunRecord =
  | { readonly type: 'start'; readonly start: RunStart }
  | { readonly type: 'interval'; readonly delta: SecondDelta }
  /** How the thresholds stand after the seconds so far; where there are any. */
  | { readonly type: 'thresholds'; readonly results: readonly ThresholdResult[] }
  | { readonly type: 'health'; readonly health: WorkerHealth }
  | { readonly type: 'worker'; readonly worker: WorkerFacts }
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'end'; readonly report: RunReport };
