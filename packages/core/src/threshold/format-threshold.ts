import { withoutNoise } from './parse-limit.ts';
import type { Selector, Threshold } from './threshold.ts';
import { formatMetric, type ThresholdMetric, unitOf } from './threshold-metric.ts';

/** The canonical text of a threshold: `parseThreshold` reads it back as it was. */
export function formatThreshold(threshold: Threshold): string {
  const { metric, selectors, operator, limit, overSeconds, afterWarmup, abort } = threshold;
  const parts = [
    `${formatMetric(metric)}${formatSelectors(selectors)}`,
    operator,
    formatLimit(metric, limit),
  ];
  if (overSeconds !== undefined) parts.push(`over ${overSeconds}s`);
  if (afterWarmup) parts.push('after warmup');
  if (abort) parts.push('abort');
  return parts.join(' ');
}

/** `{method="GET", name="/cart"}`, or nothing. */
export function formatSelectors(selectors: readonly Selector[]): string {
  if (selectors.length === 0) return '';
  return `{${selectors.map(({ field, value }) => `${field}=${JSON.stringify(value)}`).join(', ')}}`;
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

/** An observed value with its unit, to six digits: `312.4 ms`, `1.25 %`, `98.3/s`. */
export function formatObserved(metric: ThresholdMetric, observed: number): string {
  const unit = unitOf(metric);
  const digits = (value: number): string => String(Number(value.toPrecision(6)));
  if (unit === 'milliseconds') return `${digits(observed)} ms`;
  if (unit === 'share') return `${digits(observed * 100)} %`;
  return unit === 'perSecond' ? `${digits(observed)}/s` : String(observed);
}
