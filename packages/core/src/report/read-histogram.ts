import type { HistogramJson } from '../result/run-result.ts';
import { LatencyHistogram } from '../stats/latency-histogram.ts';
import type { SparseHistogram } from '../stats/sparse-histogram.ts';

/** The buckets of a histogram in JSON. */
export function readSparse({ count, sumUs, minUs, maxUs, buckets }: HistogramJson): SparseHistogram {
  const indexes = new Uint16Array(buckets.length / 2);
  const counts = new Uint32Array(indexes.length);
  let index = 0;
  for (let i = 0; i < indexes.length; i++) {
    index += buckets[2 * i] as number;
    indexes[i] = index;
    counts[i] = buckets[2 * i + 1] as number;
  }
  return { count, sumUs, minUs, maxUs, indexes, counts };
}

/** A histogram in JSON, to ask for percentiles. */
export function readHistogram(json: HistogramJson): LatencyHistogram {
  const histogram = new LatencyHistogram();
  histogram.merge(readSparse(json));
  return histogram;
}
