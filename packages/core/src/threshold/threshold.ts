import type { ThresholdMetric } from './threshold-metric.ts';

export const OPERATORS = ['<', '<=', '>', '>='] as const;

export type ThresholdOperator = (typeof OPERATORS)[number];

/** What a threshold can be narrowed down by. */
export const SELECTOR_FIELDS = ['method', 'name', 'tag', 'class', 'scenario', 'stage'] as const;

export type SelectorField = (typeof SELECTOR_FIELDS)[number];

/** `name="/cart"`: the field has exactly this value. */
export interface Selector {
  readonly field: SelectorField;
  readonly value: string;
}

/** A condition that a run has to meet, as in `p99{name="/cart"} < 1s over 30s after warmup abort`. */
export interface Threshold {
  readonly metric: ThresholdMetric;
  /** All of them have to match; none means all requests. Each field at most once. */
  readonly selectors: readonly Selector[];
  readonly operator: ThresholdOperator;
  /** In the metric's unit: milliseconds, a share (0.01 is 1 %), a number a second, or a number. */
  readonly limit: number;
  /** The length of sliding windows, where the threshold looks at those instead of the whole run. */
  readonly overSeconds?: number | undefined;
  readonly afterWarmup: boolean;
  /** Ends the run as soon as the threshold fails. */
  readonly abort: boolean;
}

/** Whether an observed value keeps to the threshold. */
export function isWithin(threshold: Threshold, observed: number): boolean {
  const { operator, limit } = threshold;
  if (operator === '<') return observed < limit;
  if (operator === '<=') return observed <= limit;
  return operator === '>' ? observed > limit : observed >= limit;
}

/** Whether the threshold bounds its metric from above. */
export function isUpperBound(threshold: Pick<Threshold, 'operator'>): boolean {
  return threshold.operator === '<' || threshold.operator === '<=';
}
