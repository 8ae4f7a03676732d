import type { Metric, MetricPoint, SummaryPoint } from './metric.ts';

export interface OtlpFacts {
  readonly version: string;
  /** Tells this run apart from others. */
  readonly runId: string;
  readonly script: string;
  /** In milliseconds since 1970. */
  readonly startedMs: number;
  readonly nowMs: number;
}

/** Sums since the run's start. */
const CUMULATIVE = 2;

/** A request of OTLP in its JSON encoding: 64-bit numbers are texts there. */
export function encodeOtlp(metrics: readonly Metric[], facts: OtlpFacts): string {
  const { version, runId, script } = facts;
  const attributes = encodeLabels({
    'service.name': 'loadts',
    'service.version': version,
    'loadts.run.id': runId,
    'loadts.script': script,
  });
  const scope = { name: 'loadts', version };
  const encoded = metrics
    .filter(({ points }) => points.length > 0)
    .map((metric) => encodeMetric(metric, facts));
  return JSON.stringify({
    resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ scope, metrics: encoded }] }],
  });
}

function encodeMetric(metric: Metric, facts: OtlpFacts): object {
  const { name, help: description, unit } = metric;
  const head = { name, description, unit };
  if (metric.kind === 'summary') {
    return { ...head, summary: { dataPoints: metric.points.map((point) => encodeSummary(point, facts)) } };
  }
  const dataPoints = metric.points.map((point) => encodePoint(point, facts));
  if (metric.kind === 'gauge') return { ...head, gauge: { dataPoints } };
  return { ...head, sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints } };
}

function encodePoint({ labels, value }: MetricPoint, facts: OtlpFacts): object {
  return { attributes: encodeLabels(labels), ...encodeTimes(facts), asDouble: value };
}

function encodeSummary({ labels, count, sum, quantiles }: SummaryPoint, facts: OtlpFacts): object {
  const quantileValues = quantiles.map(([quantile, value]) => ({ quantile, value }));
  return {
    attributes: encodeLabels(labels),
    ...encodeTimes(facts),
    count: String(count),
    sum,
    quantileValues,
  };
}

function encodeTimes({ startedMs, nowMs }: OtlpFacts): object {
  return { startTimeUnixNano: nanoseconds(startedMs), timeUnixNano: nanoseconds(nowMs) };
}

function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}

function encodeLabels(labels: Readonly<Record<string, string>>): object[] {
  return Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
