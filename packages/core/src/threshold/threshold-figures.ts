import { LatencyHistogram } from '../stats/latency-histogram.ts';
import { countFailures, countRequests, type EntryCounts } from '../stats/outcome.ts';
import { mergeSparse, type SparseHistogram } from '../stats/sparse-histogram.ts';
import type { ThresholdMetric } from './threshold-metric.ts';

/** What some requests of one second add to thresholds. */
export interface SampleFigures {
  readonly counts: Readonly<EntryCounts>;
  readonly latency: SparseHistogram;
  /** Where the time to the first byte was measured. */
  readonly ttfb?: SparseHistogram | undefined;
  /** Where the scenario is an open one. */
  readonly service?: SparseHistogram | undefined;
}

/** What one threshold knows of one second, or of several. */
export interface ThresholdFigures {
  /** The number that a count metric counts. */
  count: number;
  /** Those that ended by themselves. */
  requests: number;
  failures: number;
  /** Of the threshold's own series. */
  pieces: SparseHistogram[];
}

export function createFigures(): ThresholdFigures {
  return { count: 0, requests: 0, failures: 0, pieces: [] };
}

/** Of what was sampled, what `metric` needs. */
export function selectFigures(metric: ThresholdMetric, sample: SampleFigures): ThresholdFigures {
  const requests = countRequests(sample.counts);
  const failures = countFailures(sample.counts);
  const count = metric.kind === 'failures' ? failures : requests;
  const piece = metric.kind === 'latency' ? pieceOf(metric.series, sample) : undefined;
  return { count, requests, failures, pieces: piece && piece.count > 0 ? [piece] : [] };
}

function pieceOf(
  series: 'response' | 'ttfb' | 'service',
  sample: SampleFigures,
): SparseHistogram | undefined {
  return series === 'response' ? sample.latency : sample[series];
}

export function addFigures(into: ThresholdFigures, from: ThresholdFigures): void {
  into.count += from.count;
  into.requests += from.requests;
  into.failures += from.failures;
  into.pieces.push(...from.pieces);
}

/** Makes one piece of many, so that a second that is kept takes little memory. */
export function compactFigures(figures: ThresholdFigures): void {
  while (figures.pieces.length > 1) {
    const { pieces } = figures;
    // Neighbours in pairs: one by one, the growing sum would be copied for each piece.
    figures.pieces = pieces.flatMap((piece, i) => {
      if (i % 2 === 1) return [];
      const next = pieces[i + 1];
      return [next ? mergeSparse(piece, next) : piece];
    });
  }
}

/** All that a threshold was told of the seconds that it looks at. */
export class FigureTotal {
  count = 0;
  requests = 0;
  failures = 0;
  /** Full seconds. */
  seconds = 0;
  #latency: LatencyHistogram | undefined;

  add(figures: ThresholdFigures): void {
    this.count += figures.count;
    this.requests += figures.requests;
    this.failures += figures.failures;
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
    if (metric.kind === 'rps') return this.seconds === 0 ? undefined : this.requests / this.seconds;
    return this.count;
  }
}

function latencyUs(latency: LatencyHistogram, statistic: number | 'avg' | 'min' | 'max'): number {
  if (statistic === 'avg') return latency.meanUs;
  if (statistic === 'min') return latency.minUs;
  return statistic === 'max' ? latency.maxUs : (latency.percentilesUs([statistic])[0] as number);
}
