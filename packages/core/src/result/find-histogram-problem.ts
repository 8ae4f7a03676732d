import { BUCKET_COUNT } from '../stats/histogram-layout.ts';
import type { HistogramJson } from './run-result.ts';

/** What is wrong with a histogram of a file that others may have written; `undefined` where nothing is. */
export function findHistogramProblem({ count, minUs, maxUs, buckets }: HistogramJson): string | undefined {
  if (buckets.length % 2 === 1) return 'buckets are not pairs of numbers';
  let [index, total] = [0, 0];
  for (let i = 0; i < buckets.length; i += 2) {
    const step = buckets[i] as number;
    if (step === 0 && i > 0) return `bucket ${index} is there twice`;
    index += step;
    total += buckets[i + 1] as number;
  }
  if (index >= BUCKET_COUNT) return `there is no bucket ${index}`;
  if (total !== count) return `the buckets hold ${total} values, but count is ${count}`;
  return minUs > maxUs ? 'minUs is above maxUs' : undefined;
}
