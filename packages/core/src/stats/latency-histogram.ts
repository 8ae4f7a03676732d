import { bucketHighestUs, bucketIndexOf, PAGE_SIZE } from './histogram-layout.ts';
import { nearestRank } from './nearest-rank.ts';
import type { SparseHistogram } from './sparse-histogram.ts';

const PAGE_BITS = Math.log2(PAGE_SIZE);
const PAGE_MASK = PAGE_SIZE - 1;

/**
 * Everything that was merged so far, on the master. Percentiles are nearest rank, never beyond the exact extremes.
 * HOT there: an array of its own, since handing bucket by bucket to hdr-histogram-js costs ten times as much.
 */
export class LatencyHistogram {
  /** Doubles, made on first use: they count to 2^53, and 32-bit buckets wrap on long runs. */
  readonly #pages: (Float64Array | undefined)[] = [];
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
    const { indexes, counts } = other;
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i] as number;
      const page = this.#pages[index >>> PAGE_BITS] ?? this.#addPage(index >>> PAGE_BITS);
      page[index & PAGE_MASK] = (page[index & PAGE_MASK] as number) + (counts[i] as number);
    }
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
      seen += this.#countAt(index);
      while (
        values.length < percentiles.length &&
        seen >= nearestRank(percentiles[values.length] as number, this.#count)
      ) {
        values.push(this.#clamp(bucketHighestUs(index)));
      }
    }
    return values;
  }

  /** Calls for each bucket that is not empty, in ascending order. */
  forEachBucket(visit: (index: number, count: number) => void): void {
    this.#pages.forEach((page, number) => {
      page?.forEach((count, slot) => {
        if (count > 0) visit(number * PAGE_SIZE + slot, count);
      });
    });
  }

  #countAt(index: number): number {
    return this.#pages[index >>> PAGE_BITS]?.[index & PAGE_MASK] ?? 0;
  }

  #addPage(number: number): Float64Array {
    const page = new Float64Array(PAGE_SIZE);
    this.#pages[number] = page;
    return page;
  }

  #clamp(valueUs: number): number {
    return Math.min(this.#maxUs, Math.max(this.#minUs, valueUs));
  }
}
