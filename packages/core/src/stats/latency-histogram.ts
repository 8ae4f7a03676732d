import { build, type JsHistogram } from 'hdr-histogram-js';
import { bucketHighestUs, bucketIndexOf, HISTOGRAM } from './histogram-layout.ts';
import type { SparseHistogram } from './sparse-histogram.ts';

/** Everything that was merged so far, on the master. Percentiles are nearest rank, never beyond the exact extremes. */
export class LatencyHistogram {
  // 64-bit buckets: 32-bit ones wrap on long runs.
  readonly #hdr: JsHistogram = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: HISTOGRAM.lowestUs,
    highestTrackableValue: HISTOGRAM.highestUs,
    numberOfSignificantValueDigits: HISTOGRAM.digits,
    autoResize: false,
  }) as JsHistogram;
  #count = 0;
  #sumUs = 0;
  #minUs = Number.POSITIVE_INFINITY;
  #maxUs = 0;

  get count(): number {
    return this.#count;
  }

  get sumUs(): number {
    return this.#sumUs;
  }

  get minUs(): number {
    return this.#count === 0 ? 0 : this.#minUs;
  }

  get maxUs(): number {
    return this.#maxUs;
  }

  get meanUs(): number {
    return this.#count === 0 ? 0 : this.#sumUs / this.#count;
  }

  merge(other: SparseHistogram): void {
    if (other.count === 0) return;
    other.indexes.forEach((index, i) => {
      this.#hdr.recordValueWithCount(bucketHighestUs(index), other.counts[i] as number);
    });
    this.#count += other.count;
    this.#sumUs += other.sumUs;
    this.#minUs = Math.min(this.#minUs, other.minUs);
    this.#maxUs = Math.max(this.#maxUs, other.maxUs);
  }

  /** The values, in microseconds, at ascending `percentiles` (0 to 100), in one pass; 0 where nothing was recorded. */
  percentilesUs(percentiles: readonly number[]): number[] {
    if (this.#count === 0) return percentiles.map(() => 0);
    const values: number[] = [];
    let seen = 0;
    const last = bucketIndexOf(this.#maxUs);
    for (
      let index = bucketIndexOf(this.#minUs);
      index <= last && values.length < percentiles.length;
      index++
    ) {
      seen += this.#hdr.getCountAtIndex(index);
      while (values.length < percentiles.length && seen >= this.#rank(percentiles[values.length] as number)) {
        values.push(this.#clamp(bucketHighestUs(index)));
      }
    }
    return values;
  }

  #rank(percentile: number): number {
    const rank = (percentile / 100) * this.#count;
    // Less rounding errors: 99.9 % of 1,000 is rank 999 although 0.999 * 1000 may come out a little above it.
    return Math.ceil(rank - 1e-12 * rank);
  }

  #clamp(valueUs: number): number {
    return Math.min(this.#maxUs, Math.max(this.#minUs, valueUs));
  }
}
