import { bucketHighestUs, type HistogramJson } from '@loadts/core';

/** One point of a percentile curve. */
export interface CurvePoint {
  /** Nines: 0 is the fastest request, 1 is p90, 2 is p99, 3 is p99.9. */
  readonly nines: number;
  readonly ms: number;
}

/** More nines than there are requests for say nothing. */
const MAX_NINES = 5;

/** How slow the slower requests are: each bucket with the share of requests above it. */
export function percentileCurve({ buckets, count, minUs, maxUs }: HistogramJson): CurvePoint[] {
  const points: CurvePoint[] = [];
  let [index, seen] = [0, 0];
  for (let i = 0; i < buckets.length; i += 2) {
    index += buckets[i] as number;
    const nines = Math.log10(count / (count - seen));
    if (nines > MAX_NINES) break;
    const us = Math.max(minUs, Math.min(maxUs, bucketHighestUs(index)));
    points.push({ nines, ms: us / 1_000 });
    seen += buckets[i + 1] as number;
  }
  const last = points.at(-1);
  if (last) points.push({ nines: Math.min(MAX_NINES, Math.log10(count)), ms: maxUs / 1_000 });
  return points;
}
