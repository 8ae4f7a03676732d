import { formatObserved } from './format-threshold.ts';
import type { Assessment, Judgement } from './judgement.ts';
import { instead, nothingMeasured } from './reasons.ts';
import { isUpperBound, isWithin, type Threshold } from './threshold.ts';
import { FigureTotal, sumFigures, type ThresholdFigures } from './threshold-figures.ts';
import { formatMetric } from './threshold-metric.ts';

/** One bad window may be chance. */
const WINDOWS_TO_FAIL = 3;

/** Judges sliding windows of full seconds in a row; three bad ones in a row fail for good. */
export class WindowJudgement implements Judgement {
  readonly #threshold: Threshold;
  readonly #length: number;
  /** The last seconds, as many as a window has. */
  readonly #seconds: { readonly second: number; figures: ThresholdFigures }[] = [];
  #windows = 0;
  /** Windows that had something to measure. */
  #judged = 0;
  #bad = 0;
  #badInRow = 0;
  #worst: number | undefined;
  #failure: { readonly second: number; readonly observed: number } | undefined;

  constructor(threshold: Threshold, seconds: number) {
    this.#threshold = threshold;
    this.#length = seconds;
  }

  get failedAtSecond(): number | undefined {
    return this.#failure?.second;
  }

  takeSecond(second: number, figures: ThresholdFigures): void {
    if (this.#failure) return;
    this.#seconds.push({ second, figures });
    if (this.#seconds.length > this.#length) this.#seconds.shift();
    if (this.#seconds.length === this.#length) this.#judgeWindow(second);
  }

  takeLate(second: number, figures: ThresholdFigures): void {
    const kept = this.#seconds.find((candidate) => candidate.second === second);
    if (kept) kept.figures = sumFigures([kept.figures, figures]);
  }

  interrupt(): void {
    this.#seconds.length = 0;
    this.#badInRow = 0;
  }

  assess(): Assessment {
    const { metric } = this.#threshold;
    const windows = `windows of ${this.#length} s`;
    if (this.#failure) {
      const { observed, second } = this.#failure;
      const reason = `${instead(this.#threshold, observed)} at second ${second}, in ${WINDOWS_TO_FAIL} ${windows} in a row`;
      return { observed, passed: false, reason, failedAtSecond: second };
    }
    const observed = this.#worst;
    if (observed === undefined) {
      const reason =
        this.#windows === 0 ? `there was no full window of ${this.#length} s` : nothingMeasured(metric);
      return { observed, passed: false, reason };
    }
    // Too few windows for three in a row: what there was decides.
    if (this.#judged < WINDOWS_TO_FAIL && this.#bad === this.#judged) {
      return {
        observed,
        passed: false,
        reason: `${instead(this.#threshold, observed)} in all ${windows} there were`,
      };
    }
    const name = formatMetric(metric);
    const worst = `${name} was ${formatObserved(this.#threshold, observed)} in the worst of ${this.#judged} ${windows}`;
    const bad = this.#bad > 0 ? `; ${this.#bad} were bad, never ${WINDOWS_TO_FAIL} in a row` : '';
    return { observed, passed: true, reason: `${worst}${bad}` };
  }

  #judgeWindow(second: number): void {
    const total = new FigureTotal();
    total.seconds = this.#length;
    for (const { figures } of this.#seconds) total.add(figures);
    const observed = total.measure(this.#threshold.metric);
    this.#windows++;
    // Silence is no proof: the row of bad windows goes on behind it.
    if (observed === undefined) return;
    this.#judged++;
    this.#worst = this.#worse(observed);
    if (isWithin(this.#threshold, observed)) {
      this.#badInRow = 0;
      return;
    }
    this.#bad++;
    this.#badInRow++;
    if (this.#badInRow === WINDOWS_TO_FAIL) this.#failure = { second, observed };
  }

  #worse(observed: number): number {
    if (this.#worst === undefined) return observed;
    return isUpperBound(this.#threshold) ? Math.max(this.#worst, observed) : Math.min(this.#worst, observed);
  }
}
