import type { ComparedMetric, Interval, MetricChange } from '@loadts/core';
import { formatMs, formatPercent, formatRate } from '../format-number.ts';

/** How a metric is called in tables. */
export const METRIC_TITLES: Readonly<Record<ComparedMetric, string>> = {
  rps: 'requests/s',
  errors: 'failed',
  avg: 'average, ms',
  p50: 'p50, ms',
  p95: 'p95, ms',
  p99: 'p99, ms',
  'p99.9': 'p99.9, ms',
};

/** A value without its unit; a dash where there was nothing to measure. */
export function formatValue(metric: ComparedMetric, value: number | undefined): string {
  if (value === undefined) return '-';
  if (metric === 'rps') return formatRate(value);
  return metric === 'errors' ? formatPercent(value, 1) : formatMs(value);
}

/** `+12.5%`; in points where the values are shares already. */
export function formatDifference({ metric, baseline, observed }: MetricChange): string {
  if (baseline === undefined || observed === undefined) return '-';
  if (metric === 'errors')
    return `${sign(observed - baseline)}${formatPercent(Math.abs(observed - baseline), 1)}`;
  if (baseline === 0) return observed === 0 ? '+0.0%' : '-';
  const percent = 100 * (observed / baseline - 1);
  return `${sign(percent)}${Math.abs(percent).toFixed(1)}%`;
}

/** `+1.2 to +3.4`, in the unit of the value. */
export function formatInterval(metric: ComparedMetric, interval: Interval | undefined): string {
  if (!interval) return '';
  const ends = [interval.low, interval.high];
  return ends.map((end) => `${sign(end)}${formatValue(metric, Math.abs(end))}`).join(' to ');
}

function sign(value: number): string {
  return value < 0 ? '-' : '+';
}
