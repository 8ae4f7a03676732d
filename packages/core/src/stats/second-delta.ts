import type { EntryDelta, ExceptionDelta, FailureDelta } from './run-statistics.ts';
import type { SparseHistogram } from './sparse-histogram.ts';

/** What escaped the tasks of one user class, with the ids of the workers that it came from, the first few. */
export interface ExceptionPart extends ExceptionDelta {
  readonly workers: readonly number[];
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
  /** Arrivals of an open scenario that found no free user. */
  readonly dropped?: number | undefined;
  /** Whether the warm-up was over when it began. */
  readonly isWarm?: boolean | undefined;
  /** Whether all of it was before the stop. */
  readonly isLoad?: boolean | undefined;
  /** Whether this adds to a second that was told before. */
  readonly late: boolean;
}
