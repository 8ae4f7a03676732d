import { listMetrics, type MetricsState } from './list-metrics.ts';
import type { Metric } from './metric.ts';

/** The metrics of a run as Prometheus scrapes them: `text/plain; version=0.0.4; charset=utf-8`. */
export function formatMetrics(run: MetricsState): string {
  return `${listMetrics(run).flatMap(formatMetric).join('\n')}\n`;
}

function formatMetric(metric: Metric): string[] {
  const { name, kind, help } = metric;
  const head = [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${kind}`];
  if (metric.kind !== 'summary') {
    return [...head, ...metric.points.map(({ labels, value }) => formatLine(name, labels, value))];
  }
  const lines = metric.points.flatMap(({ labels, count, sum, quantiles }) => [
    ...quantiles.map(([quantile, value]) =>
      formatLine(name, { ...labels, quantile: String(quantile) }, value),
    ),
    formatLine(`${name}_sum`, labels, sum),
    formatLine(`${name}_count`, labels, count),
  ]);
  return [...head, ...lines];
}

function formatLine(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
