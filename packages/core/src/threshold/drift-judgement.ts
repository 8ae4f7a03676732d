import { type DriftChange, type DriftSpan, isCertain, measureDrift } from '../drift/measure-drift.ts';
import { EMPTY_HISTOGRAM, mergeSparse, type SparseHistogram } from '../stats/sparse-histogram.ts';
import { formatLimit, formatObserved } from './format-threshold.ts';
import type { Assessment, Judgement } from './judgement.ts';
import { isWithin, type Threshold } from './threshold.ts';
import type { ThresholdFigures } from './threshold-figures.ts';
import { formatMetric, type ThresholdMetric } from './threshold-metric.ts';

/** Past so many spans two neighbours become one, so that memory does not grow with the run. */
const MAX_SPANS = 1_200;

interface Span {
  requests: number;
  failures: number;
  latency: SparseHistogram;
}

/** Judges how much a metric changed from the first third of the seconds to the last. */
export class DriftJudgement implements Judgement {
  readonly failedAtSecond: number | undefined = undefined;
  readonly #threshold: Threshold;
  readonly #of: ThresholdMetric;
  #spans: Span[] = [];
  #spanSeconds = 1;
  /** Full seconds taken. */
  #seconds = 0;
  readonly #placeOf = new Map<number, number>();

  constructor(threshold: Threshold, of: ThresholdMetric) {
    this.#threshold = threshold;
    this.#of = of;
  }

  takeSecond(second: number, figures: ThresholdFigures): void {
    if (this.#seconds >= MAX_SPANS * this.#spanSeconds) this.#halve();
    this.#placeOf.set(second, this.#seconds);
    this.#add(this.#seconds++, figures);
  }

  takeLate(second: number, figures: ThresholdFigures): void {
    const place = this.#placeOf.get(second);
    if (place !== undefined) this.#add(place, figures);
  }

  interrupt(): void {}

  assess(): Assessment {
    const spans = this.#spans.map((span): DriftSpan => ({ ...span, spanSeconds: this.#spanSeconds }));
    const drift = measureDrift(spans, this.#of);
    if (!drift) {
      const reason = `${this.#seconds} s under the same load are too short to see a drift in: it takes 30 s, and requests in most of them`;
      return { observed: undefined, passed: false, reason };
    }
    // A change that may be chance fails nothing.
    const passed = isWithin(this.#threshold, drift.change) || !isCertain(drift);
    return { observed: drift.change, passed, reason: this.#explain(drift) };
  }

  #explain({ change, low, high }: DriftChange): string {
    const { metric, operator, limit } = this.#threshold;
    const show = (share: number): string =>
      `${share > 0 ? '+' : ''}${formatObserved(this.#threshold, share)}`;
    const range = `99 % sure: ${show(low)} to ${show(high)}`;
    const text = `${formatMetric(metric)} was ${show(change)} from the first third to the last (${range})`;
    if (isWithin(this.#threshold, change)) return text;
    return low <= 0 && high >= 0
      ? `${text}; that may be chance`
      : `${text} instead of ${operator} ${formatLimit(metric, limit)}`;
  }

  #add(place: number, { requests, failures, pieces }: ThresholdFigures): void {
    const index = Math.floor(place / this.#spanSeconds);
    const span = (this.#spans[index] ??= { requests: 0, failures: 0, latency: EMPTY_HISTOGRAM });
    span.requests += requests;
    span.failures += failures;
    for (const piece of pieces) span.latency = mergeSparse(span.latency, piece);
  }

  #halve(): void {
    this.#spanSeconds *= 2;
    const older = this.#spans;
    this.#spans = [];
    older.forEach(({ requests, failures, latency }, i) => {
      this.#add(Math.floor(i / 2) * this.#spanSeconds, {
        requests,
        failures,
        events: 0,
        pieces: latency.count > 0 ? [latency] : [],
      });
    });
  }
}
