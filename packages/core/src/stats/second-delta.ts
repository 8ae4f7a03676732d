import type { ArrivalDelta } from '../arrival/arrival-delta.ts';
import type { EntryDelta, ExceptionDelta, FailureDelta } from './run-statistics.ts';
import type { SparseHistogram } from './sparse-histogram.ts';

/** What escaped the tasks of one user class, with the ids of the workers that it came from, the first few. */
export interface ExceptionPart extends ExceptionDelta {
  readonly workers: readonly number[];
}

/** Arrivals of one scenario that found no free user. */
export interface DropCount {
  /** Its name, where the script names its scenarios. */
  readonly scenario?: string | undefined;
  readonly count: number;
}

/** What all workers together measured in one second of the run. */
export interface SecondDelta {
  readonly second: number;
  /** Users at its end. */
  readonly users: number;
  readonly entries: readonly EntryDelta[];
  /** What thresholds select, by its id as the name. */
  readonly aggregates: readonly EntryDelta[];
  readonly failures: readonly FailureDelta[];
  readonly exceptions: readonly ExceptionPart[];
  /** How far requests were sent later than asked for. */
  readonly generatorDelay: SparseHistogram;
  /** The first second that the report counts. */
  readonly countedFrom: number;
  /** Arrivals that found no free user; undefined where no scenario is an open one. */
  readonly dropped?: number | undefined;
  /** Some of it is a share of what a worker could only send as the sum of several seconds. */
  readonly isSpread?: boolean | undefined;
  /** The same by scenario; one may come several times. */
  readonly drops?: readonly DropCount[] | undefined;
  /** What became of arrivals; undefined where no scenario is an open one. */
  readonly arrivals?: ArrivalDelta | undefined;
  /** Whether the warm-up was over when it began. */
  readonly isWarm?: boolean | undefined;
  /** Whether all of it was before the stop. */
  readonly isLoad?: boolean | undefined;
  /** Whether this adds to a second that was told before. */
  readonly late: boolean;
}
