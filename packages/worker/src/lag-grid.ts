import { IntervalHistogram, sparsePercentileUs } from '@loadts/core';

/** Moments at which something could have happened, this far apart. */
const STEP_US = 10_000;

/**
 * How late anything that falls due is served: what a request feels of a busy event loop. Looks at moments on a fixed
 * grid, so that a pause of 50 ms counts at each of the five moments in it, and not once.
 */
export class LagGrid {
  readonly #lags = new IntervalHistogram();
  #nextUs: number;

  constructor(nowUs: number) {
    this.#nextUs = nowUs + STEP_US;
  }

  /** Milliseconds from then to the next moment. */
  restMs(nowUs: number): number {
    return Math.max(0, this.#nextUs - nowUs) / 1_000;
  }

  /** The event loop has time now. */
  wake(nowUs: number): void {
    for (; this.#nextUs <= nowUs; this.#nextUs += STEP_US) this.#lags.record(nowUs - this.#nextUs);
  }

  /** The 99th percentile of the lag since the last call, in microseconds; 0 where no moment has passed. */
  takeP99Us(): number {
    return sparsePercentileUs(this.#lags.take(), 99);
  }
}
