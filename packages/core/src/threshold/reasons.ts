import { formatLimit, formatObserved } from './format-threshold.ts';
import type { Threshold } from './threshold.ts';
import { formatMetric, streamTimeOf, type ThresholdMetric } from './threshold-metric.ts';

/** `p95 was 412 ms instead of < 300ms`. */
export function instead(threshold: Threshold, observed: number): string {
  const { metric, operator, limit } = threshold;
  const wanted = `${operator} ${formatLimit(metric, limit)}`;
  return `${formatMetric(metric)} was ${formatObserved(threshold, observed)} instead of ${wanted}`;
}

/** Why a metric has no value although the threshold matched. */
export function nothingMeasured(metric: ThresholdMetric): string {
  if (metric.kind === 'rps') return 'there was no full second to take a rate from';
  if (metric.kind !== 'latency') return 'no request came to its end';
  if (metric.series === 'ttfb') return 'no time to the first byte was measured';
  if (metric.series === 'service') return 'no service time was measured: only scenarios with a rate have it';
  if (streamTimeOf(metric)) return `no ${formatMetric(metric)} was measured: no event of a stream came`;
  return 'no request with a measured time';
}
