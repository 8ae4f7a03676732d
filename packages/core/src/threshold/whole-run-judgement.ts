import { formatObserved } from './format-threshold.ts';
import type { Assessment, Judgement } from './judgement.ts';
import { instead, nothingMeasured } from './reasons.ts';
import { isWithin, type Threshold } from './threshold.ts';
import { FigureTotal, type ThresholdFigures } from './threshold-figures.ts';
import { formatMetric, unitOf } from './threshold-metric.ts';

/** Fewer samples say too little to end a run for. */
const MIN_ABORT_SAMPLES = 100;

/** Judges all seconds together: at the end, and with `abort` after every second. */
export class WholeRunJudgement implements Judgement {
  readonly #threshold: Threshold;
  readonly #total = new FigureTotal();
  #failure: { readonly second: number; readonly observed: number } | undefined;

  constructor(threshold: Threshold) {
    this.#threshold = threshold;
  }

  get failedAtSecond(): number | undefined {
    return this.#failure?.second;
  }

  takeSecond(second: number, figures: ThresholdFigures): void {
    this.#total.seconds++;
    this.#total.add(figures);
    if (this.#failure || !this.#threshold.abort || !this.#isJudgeable()) return;
    const observed = this.#total.measure(this.#threshold.metric);
    if (observed === undefined || isWithin(this.#threshold, observed)) return;
    this.#failure = { second, observed };
  }

  takeLate(_second: number, figures: ThresholdFigures, isFullSecond: boolean): void {
    // A rate is that of full seconds: the requests of others would make it too high.
    if (isFullSecond || this.#threshold.metric.kind !== 'rps') this.#total.add(figures);
  }

  interrupt(): void {}

  assess(): Assessment {
    const { metric } = this.#threshold;
    if (this.#failure) {
      const { observed, second } = this.#failure;
      return {
        observed,
        passed: false,
        reason: `${instead(this.#threshold, observed)} at second ${second}`,
        failedAtSecond: second,
      };
    }
    const observed = this.#total.measure(metric);
    if (observed === undefined) return { observed, passed: false, reason: nothingMeasured(metric) };
    if (!isWithin(this.#threshold, observed)) {
      return { observed, passed: false, reason: instead(this.#threshold, observed) };
    }
    return {
      observed,
      passed: true,
      reason: `${formatMetric(metric)} was ${formatObserved(this.#threshold, observed)}`,
    };
  }

  /** A count that is too high stays too high, however few samples there are. */
  #isJudgeable(): boolean {
    const { metric } = this.#threshold;
    return unitOf(metric) === 'count' || this.#total.samples(metric) >= MIN_ABORT_SAMPLES;
  }
}
