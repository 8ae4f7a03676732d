import type { ThresholdFigures } from './threshold-figures.ts';

/** What a threshold came to. */
export interface Assessment {
  /** In the metric's unit; `undefined` where there was nothing to measure. */
  readonly observed: number | undefined;
  readonly passed: boolean;
  /** One sentence. */
  readonly reason: string;
  /** Where it failed before the run's end. */
  readonly failedAtSecond?: number | undefined;
}

/** A way to judge: on all seconds together, or on windows. It is told only of seconds that the threshold looks at. */
export interface Judgement {
  /** Takes a full second, the next one in a row unless `interrupt` was called, and judges where it is time to. */
  takeSecond(second: number, figures: ThresholdFigures): void;
  /** Takes what came after its second had been taken, or belongs to a second that is not full. */
  takeLate(second: number, figures: ThresholdFigures, isFullSecond: boolean): void;
  /** A second came that the threshold does not look at. */
  interrupt(): void;
  /** The second that it failed for good at, before the run's end. */
  readonly failedAtSecond: number | undefined;
  assess(): Assessment;
}
