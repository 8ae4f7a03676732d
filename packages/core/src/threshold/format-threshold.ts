import { formatCondition } from './goodput-condition.ts';
import { withoutNoise } from './number-text.ts';
import { isWithin, type Selector, type Threshold } from './threshold.ts';
import { formatMetric, type ThresholdMetric, unitOf } from './threshold-metric.ts';

/** The canonical text of a threshold: `parseThreshold` reads it back as it was. */
export function formatThreshold(threshold: Threshold): string {
  const { metric, selectors, operator, limit, overSeconds, afterWarmup, abort } = threshold;
  const parts = [
    `${formatMetric(metric)}${formatSelectors(selectors, metric)}`,
    operator,
    formatLimit(metric, limit),
  ];
  if (overSeconds !== undefined) parts.push(`over ${overSeconds}s`);
  if (afterWarmup) parts.push('after warmup');
  if (abort) parts.push('abort');
  return parts.join(' ');
}

/** `{method="GET", name="/cart"}`, or nothing. @param metric whose own conditions stand there too */
export function formatSelectors(selectors: readonly Selector[], metric?: ThresholdMetric): string {
  const conditions = metric?.kind === 'goodput' ? metric.conditions.map(formatCondition) : [];
  const all = [...selectors.map(({ field, value }) => `${field}=${JSON.stringify(value)}`), ...conditions];
  return all.length === 0 ? '' : `{${all.join(', ')}}`;
}

/** A limit as one would write it. */
export function formatLimit(metric: ThresholdMetric, limit: number): string {
  const unit = unitOf(metric);
  if (unit === 'share') return `${withoutNoise(limit * 100)}%`;
  if (unit === 'perSecond') return `${limit}/s`;
  if (unit === 'count') return String(limit);
  if (limit > 0 && limit < 1) return `${withoutNoise(limit * 1_000)}us`;
  return limit >= 1_000 ? `${withoutNoise(limit / 1_000)}s` : `${limit}ms`;
}

/** An observed value with its unit, as in `312 ms`, `1.25 %`, `98.3/s`: with enough digits to see whether it keeps to the limit. */
export function formatObserved(threshold: Threshold, observed: number): string {
  const unit = unitOf(threshold.metric);
  if (unit === 'count') return String(observed);
  const value = round(threshold, observed);
  if (unit === 'milliseconds') return `${value} ms`;
  return unit === 'share' ? `${withoutNoise(value * 100)} %` : `${value}/s`;
}

function round(threshold: Threshold, observed: number): number {
  const isGood = isWithin(threshold, observed);
  for (let digits = 3; digits < 6; digits++) {
    const rounded = Number(observed.toPrecision(digits));
    if (isWithin(threshold, rounded) === isGood) return rounded;
  }
  return Number(observed.toPrecision(6));
}
