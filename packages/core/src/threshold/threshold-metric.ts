import { readTimeName, STREAM_TIMES, type StreamTime } from '../stream/stream-time.ts';
import type { GoodputCondition } from './goodput-condition.ts';

/**
 * Which measured time: until the response's end, until its first byte, without the wait for a free user, or one of
 * those of streams.
 */
export type LatencySeries = 'response' | 'ttfb' | 'service' | StreamTime;

export const LATENCY_SERIES: readonly LatencySeries[] = ['response', 'ttfb', 'service', ...STREAM_TIMES];

/** A percentile (above 0, up to 100), or one of the plain ones. */
export type LatencyStatistic = number | 'avg' | 'min' | 'max';

export const COUNT_METRICS = ['requests', 'failures', 'dropped', 'exceptions'] as const;

export type CountMetric = (typeof COUNT_METRICS)[number];

/** What a threshold looks at. */
export type ThresholdMetric =
  | { readonly kind: 'latency'; readonly series: LatencySeries; readonly statistic: LatencyStatistic }
  | { readonly kind: 'drift'; readonly of: DriftingMetric }
  | { readonly kind: 'goodput'; readonly conditions: readonly GoodputCondition[] }
  | { readonly kind: 'errors' | 'rps' | CountMetric };

/** What a drift can be of. */
export type DriftingMetric =
  | { readonly kind: 'latency'; readonly series: LatencySeries; readonly statistic: LatencyStatistic }
  | { readonly kind: 'errors' | 'rps' };

/** What the numbers of a metric are. */
export type MetricUnit = 'milliseconds' | 'share' | 'perSecond' | 'count';

const PLAIN_STATISTICS = ['avg', 'min', 'max'] as const;
const SHARES: readonly string[] = ['errors', 'drift', 'goodput'];
const OTHER_METRICS = ['errors', 'rps', ...COUNT_METRICS] as const;
const SERIES = new RegExp(`^(${LATENCY_SERIES.slice(1).join('|')})\\.(.*)$`);
const PERCENTILE = /^p(\d{1,3}(?:\.\d{1,2})?)$/;

/** Names to suggest: all but the rarer percentiles. */
export const METRIC_NAMES: readonly string[] = [
  'p50',
  'p90',
  'p95',
  'p99',
  'p99.9',
  'p99.99',
  ...PLAIN_STATISTICS,
  ...OTHER_METRICS,
  'goodput',
  'drift(p95)',
  'drift(avg)',
  'drift(errors)',
  'drift(rps)',
  ...LATENCY_SERIES.slice(1).flatMap((series) =>
    ['p50', 'p95', 'p99', 'p99.9', ...PLAIN_STATISTICS].map((statistic) => `${series}.${statistic}`),
  ),
];

/** Whether a metric can drift: extremes grow with the length of a run by themselves, and so do counts. */
export function canDrift(metric: ThresholdMetric): metric is DriftingMetric {
  if (metric.kind === 'latency') return metric.statistic !== 'min' && metric.statistic !== 'max';
  return metric.kind === 'errors' || metric.kind === 'rps';
}

/** The measured time that a metric looks at, if any. */
export function seriesOf(metric: ThresholdMetric): LatencySeries | undefined {
  if (metric.kind === 'drift') return seriesOf(metric.of);
  return metric.kind === 'latency' ? metric.series : undefined;
}

/** The metric of that name; `undefined` where there is none. */
export function parseMetric(name: string): ThresholdMetric | undefined {
  // Without conditions, every request that ended well is a good one.
  if (name === 'goodput') return { kind: 'goodput', conditions: [] };
  const [, drifting] = /^drift\((.*)\)$/.exec(name) ?? [];
  if (drifting !== undefined) {
    const of = parseMetric(drifting);
    return of && canDrift(of) ? { kind: 'drift', of } : undefined;
  }
  const other = OTHER_METRICS.find((metric) => metric === name);
  if (other) return { kind: other };
  const [, series = 'response', text = name] = SERIES.exec(readTimeName(name)) ?? [];
  const statistic = parseStatistic(text);
  return statistic === undefined
    ? undefined
    : { kind: 'latency', series: series as LatencySeries, statistic };
}

function parseStatistic(text: string): LatencyStatistic | undefined {
  const plain = PLAIN_STATISTICS.find((statistic) => statistic === text);
  if (plain) return plain;
  const percentile = Number(PERCENTILE.exec(text)?.[1]);
  return percentile > 0 && percentile <= 100 ? percentile : undefined;
}

/** The name that `parseMetric` understands. */
export function formatMetric(metric: ThresholdMetric): string {
  if (metric.kind === 'drift') return `drift(${formatMetric(metric.of)})`;
  if (metric.kind !== 'latency') return metric.kind;
  const { series, statistic } = metric;
  const name = typeof statistic === 'number' ? `p${statistic}` : statistic;
  return series === 'response' ? name : `${series}.${name}`;
}

export function unitOf(metric: ThresholdMetric): MetricUnit {
  if (metric.kind === 'latency') return 'milliseconds';
  if (SHARES.includes(metric.kind)) return 'share';
  return metric.kind === 'rps' ? 'perSecond' : 'count';
}

/** Which of the times of streams it is; undefined for any other metric. */
export function streamTimeOf(metric: ThresholdMetric): StreamTime | undefined {
  const series = seriesOf(metric);
  return STREAM_TIMES.find((time) => time === series);
}

/** Whether the metric counts arrivals or tasks, which have no method, name or tag. */
export function isRequestMetric(metric: ThresholdMetric): boolean {
  return metric.kind !== 'dropped' && metric.kind !== 'exceptions';
}
