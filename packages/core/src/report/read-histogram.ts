import { histogramFromJson } from '../result/histogram-json.ts';
import type { HistogramJson } from '../result/run-result.ts';
import { LatencyHistogram } from '../stats/latency-histogram.ts';

/** A histogram in JSON, to ask for percentiles. */
export function readHistogram(json: HistogramJson): LatencyHistogram {
  const histogram = new LatencyHistogram();
  histogram.merge(histogramFromJson(json));
  return histogram;
}
