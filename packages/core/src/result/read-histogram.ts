import type { SparseHistogram } from '../stats/sparse-histogram.ts';
import type { HistogramJson } from './run-result.ts';

/** The histogram that a result file holds, for merging and percentiles. */
export function readHistogram({ buckets, ...totals }: HistogramJson): SparseHistogram {
  const length = Math.floor(buckets.length / 2);
  const indexes = new Uint16Array(length);
  const counts = new Uint32Array(length);
  let index = 0;
  for (let i = 0; i < length; i++) {
    index += buckets[2 * i] as number;
    indexes[i] = index;
    counts[i] = buckets[2 * i + 1] as number;
  }
  return { ...totals, indexes, counts };
}

/** What is wrong with a histogram of a file that others may have written; `undefined` where nothing is. */
export function findHistogramProblem(
  { count, minUs, maxUs, buckets }: HistogramJson,
  bucketCount: number,
): string | undefined {
  if (buckets.length % 2 === 1) return 'buckets are not pairs of numbers';
  let [index, total] = [0, 0];
  for (let i = 0; i < buckets.length; i += 2) {
    const step = buckets[i] as number;
    if (step === 0 && i > 0) return `bucket ${index} is there twice`;
    index += step;
    total += buckets[i + 1] as number;
  }
  if (index >= bucketCount) return `there is no bucket ${index}`;
  if (total !== count) return `the buckets hold ${total} values, but count is ${count}`;
  return minUs > maxUs ? 'minUs is above maxUs' : undefined;
}
