import { LatencyHistogram } from '../stats/latency-histogram.ts';
import type { ThresholdMetric } from '../threshold/threshold-metric.ts';
import type { ComparedEntry } from './compared-span.ts';

/** The metric's value over the whole run, in its own unit; `undefined` where there is nothing to take it from. */
export function measureEntry(entry: ComparedEntry, metric: ThresholdMetric): number | undefined {
  const { requests, failures, seconds, latency } = entry;
  if (metric.kind === 'errors') return requests === 0 ? undefined : failures / requests;
  if (metric.kind === 'rps') return seconds > 0 ? requests / seconds : undefined;
  if (metric.kind !== 'latency' || latency.count === 0) return undefined;
  const { statistic } = metric;
  if (statistic === 'avg') return latency.sumUs / latency.count / 1_000;
  const histogram = new LatencyHistogram();
  histogram.merge(latency);
  return (histogram.percentilesUs([Number(statistic)])[0] as number) / 1_000;
}
