import { bucketIndexOf, clampUs, PAGE_SIZE } from './histogram-layout.ts';
import type { SparseHistogram } from './sparse-histogram.ts';

const PAGE_BITS = Math.log2(PAGE_SIZE);
const PAGE_MASK = PAGE_SIZE - 1;

/** HOT: one recording per request. Counts of one interval, in pages made on first use, with a list of what was touched. */
export class IntervalHistogram {
  readonly #pages: (Uint32Array | undefined)[] = [];
  #touched = new Uint16Array(64);
  #touchedCount = 0;
  #count = 0;
  #sumUs = 0;
  #minUs = Number.POSITIVE_INFINITY;
  #maxUs = 0;

  get count(): number {
    return this.#count;
  }

  record(measuredUs: number): void {
    const valueUs = clampUs(measuredUs);
    this.#add(bucketIndexOf(valueUs), 1);
    this.#count++;
    this.#sumUs += valueUs;
    if (valueUs < this.#minUs) this.#minUs = valueUs;
    if (valueUs > this.#maxUs) this.#maxUs = valueUs;
  }

  /** Adds values of the same interval that were counted elsewhere. */
  merge(other: SparseHistogram): void {
    if (other.count === 0) return;
    const { indexes, counts } = other;
    for (let i = 0; i < indexes.length; i++) this.#add(indexes[i] as number, counts[i] as number);
    this.#count += other.count;
    this.#sumUs += other.sumUs;
    if (other.minUs < this.#minUs) this.#minUs = other.minUs;
    if (other.maxUs > this.#maxUs) this.#maxUs = other.maxUs;
  }

  /** The recorded values, and empties the histogram for the next interval. */
  take(): SparseHistogram {
    const indexes = this.#touched.slice(0, this.#touchedCount).sort();
    const counts = new Uint32Array(indexes.length);
    indexes.forEach((index, i) => {
      const page = this.#pages[index >>> PAGE_BITS] as Uint32Array;
      counts[i] = page[index & PAGE_MASK] as number;
      page[index & PAGE_MASK] = 0;
    });
    const taken: SparseHistogram = {
      count: this.#count,
      sumUs: this.#sumUs,
      minUs: this.#count === 0 ? 0 : this.#minUs,
      maxUs: this.#maxUs,
      indexes,
      counts,
    };
    this.#touchedCount = 0;
    this.#count = 0;
    this.#sumUs = 0;
    this.#minUs = Number.POSITIVE_INFINITY;
    this.#maxUs = 0;
    return taken;
  }

  #add(index: number, count: number): void {
    const page = this.#pages[index >>> PAGE_BITS] ?? this.#addPage(index >>> PAGE_BITS);
    const slot = index & PAGE_MASK;
    const before = page[slot] as number;
    if (before === 0) this.#touch(index);
    page[slot] = before + count;
  }

  #addPage(number: number): Uint32Array {
    const page = new Uint32Array(PAGE_SIZE);
    this.#pages[number] = page;
    return page;
  }

  #touch(index: number): void {
    if (this.#touchedCount === this.#touched.length) {
      const larger = new Uint16Array(this.#touched.length * 2);
      larger.set(this.#touched);
      this.#touched = larger;
    }
    this.#touched[this.#touchedCount++] = index;
  }
}
