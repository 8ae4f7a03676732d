import type { LatencyHistogram } from '../stats/latency-histogram.ts';
import { EMPTY_HISTOGRAM, type SparseHistogram } from '../stats/sparse-histogram.ts';
import type { HistogramJson } from './run-result.ts';

/** The histogram as plain JSON. */
export function histogramToJson(histogram: SparseHistogram | LatencyHistogram): HistogramJson {
  const { count, sumUs, minUs, maxUs } = histogram;
  const buckets: number[] = [];
  let last = 0;
  const add = (index: number, bucketCount: number): void => {
    buckets.push(index - last, bucketCount);
    last = index;
  };
  if ('indexes' in histogram)
    histogram.indexes.forEach((index, i) => add(index, histogram.counts[i] as number));
  else histogram.forEachBucket(add);
  return { count, sumUs, minUs, maxUs, buckets };
}

/** The other way round. */
export function histogramFromJson({ count, sumUs, minUs, maxUs, buckets }: HistogramJson): SparseHistogram {
  if (count === 0) return EMPTY_HISTOGRAM;
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
