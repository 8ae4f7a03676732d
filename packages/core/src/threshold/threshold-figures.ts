import { IntervalHistogram } from '../stats/interval-histogram.ts';
import { LatencyHistogram } from '../stats/latency-histogram.ts';
import { countFailures, countRequests, type EntryCounts } from '../stats/outcome.ts';
import type { SparseHistogram } from '../stats/sparse-histogram.ts';
import type { LatencySeries, ThresholdMetric } from './threshold-metric.ts';

/** What some requests of one second add to thresholds. */
export interface SampleFigures {
  readonly counts: Readonly<EntryCounts>;
  readonly latency: SparseHistogram;
  /** Where the time to the first byte was measured. */
  readonly ttfb?: SparseHistogram | undefined;
  /** Where the scenario is an open one. */
  readonly service?: SparseHistogram | undefined;
}

/** What thresholds with the same selectors and the same measured time know of one second. */
export interface ThresholdFigures {
  /** Those that ended by themselves. */
  readonly requests: number;
  readonly failures: number;
  /** Dropped iterations, or exceptions. */
  readonly events: number;
  readonly pieces: readonly SparseHistogram[];
}

export const NO_FIGURES: ThresholdFigures = { requests: 0, failures: 0, events: 0, pieces: [] };

/** Of what was sampled, the counts and one of the measured times. */
export function selectFigures(series: LatencySeries | undefined, sample: SampleFigures): ThresholdFigures {
  const piece =
    series === 'ttfb' || series === 'service'
      ? sample[series]
      : series === 'response'
        ? sample.latency
        : undefined;
  return {
    requests: countRequests(sample.counts),
    failures: countFailures(sample.counts),
    events: 0,
    pieces: piece && piece.count > 0 ? [piece] : [],
  };
}

/** The sum, with all pieces made into one. */
export function sumFigures(all: readonly ThresholdFigures[]): ThresholdFigures {
  const merged = new IntervalHistogram();
  let [requests, failures, events] = [0, 0, 0];
  for (const figures of all) {
    requests += figures.requests;
    failures += figures.failures;
    events += figures.events;
    for (const piece of figures.pieces) merged.merge(piece);
  }
  return { requests, failures, events, pieces: merged.count > 0 ? [merged.take()] : [] };
}

/** All that a threshold was told of the seconds that it looks at. */
export class FigureTotal {
  requests = 0;
  failures = 0;
  events = 0;
  /** Full seconds. */
  seconds = 0;
  #latency: LatencyHistogram | undefined;

  add(figures: ThresholdFigures): void {
    this.requests += figures.requests;
    this.failures += figures.failures;
    this.events += figures.events;
    for (const piece of figures.pieces) {
      this.#latency ??= new LatencyHistogram();
      this.#latency.merge(piece);
    }
  }

  /** How many samples `measure` would rest on. */
  samples(metric: ThresholdMetric): number {
    return metric.kind === 'latency' ? (this.#latency?.count ?? 0) : this.requests;
  }

  /** The metric's value in its own unit; `undefined` where there is nothing to take it from. */
  measure(metric: ThresholdMetric): number | undefined {
    if (metric.kind === 'latency') {
      return this.#latency && latencyUs(this.#latency, metric.statistic) / 1_000;
    }
    if (metric.kind === 'errors') return this.requests === 0 ? undefined : this.failures / this.requests;
    // Workers counted every request that is not good as failed.
    if (metric.kind === 'goodput') return this.requests === 0 ? undefined : 1 - this.failures / this.requests;
    if (metric.kind === 'rps') return this.seconds === 0 ? undefined : this.requests / this.seconds;
    if (metric.kind === 'requests') return this.requests;
    if (metric.kind === 'drift') return undefined;
    return metric.kind === 'failures' ? this.failures : this.events;
  }
}

function latencyUs(latency: LatencyHistogram, statistic: number | 'avg' | 'min' | 'max'): number {
  if (statistic === 'avg') return latency.meanUs;
  if (statistic === 'min') return latency.minUs;
  return statistic === 'max' ? latency.maxUs : (latency.percentilesUs([statistic])[0] as number);
}
