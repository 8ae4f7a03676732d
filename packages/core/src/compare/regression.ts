import type { Selector } from '../threshold/threshold.ts';
import type { ThresholdMetric } from '../threshold/threshold-metric.ts';

/** How far a value may be from that of the baseline: `1.10x`, `+20ms`, or the looser or stricter of several. */
export type RegressionLimit =
  | { readonly kind: 'factor'; readonly factor: number }
  /** In the metric's unit. */
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'max' | 'min'; readonly of: readonly RegressionLimit[] };

/** A condition on the change since a baseline, as in `p95{name="/cart"} < max(1.10x, +20ms)`. */
export interface Regression {
  readonly metric: ThresholdMetric;
  /** Method and name only; none means all requests. */
  readonly selectors: readonly Selector[];
  readonly operator: '<' | '>';
  readonly limit: RegressionLimit;
}

/** The limit in the metric's unit. */
export function limitFor(limit: RegressionLimit, baseline: number): number {
  if (limit.kind === 'factor') return baseline * limit.factor;
  if (limit.kind === 'offset') return baseline + limit.offset;
  const limits = limit.of.map((each) => limitFor(each, baseline));
  return limit.kind === 'max' ? Math.max(...limits) : Math.min(...limits);
}
