import type { HistogramJson } from '../result/run-result.ts';
import { readHistogram } from './read-histogram.ts';

/** A latency distribution as points of a curve. */
export interface PercentileCurve {
  /** 0 to 100, ascending; the last one is 100. Ever closer towards it, as HdrHistogram draws it. */
  readonly percentiles: readonly number[];
  readonly valuesMs: readonly number[];
}

const STEPS_PER_HALVING = 5;

/** As fine as the number of measured values allows; empty where there are none. */
export function createPercentileCurve(json: HistogramJson): PercentileCurve {
  if (json.count === 0) return { percentiles: [], valuesMs: [] };
  const percentiles: number[] = [];
  for (let rest = 1; rest * json.count >= 1; rest /= 2) {
    for (let step = 0; step < STEPS_PER_HALVING; step++) {
      const share = 1 - rest + (rest / 2) * (step / STEPS_PER_HALVING);
      percentiles.push(Number((100 * share).toPrecision(9)));
    }
  }
  percentiles.push(100);
  const valuesMs = readHistogram(json)
    .percentilesUs(percentiles)
    .map((valueUs) => valueUs / 1_000);
  return { percentiles, valuesMs };
}
