/** Emptied space at the front is given back from this size on. */
const COMPACT_AT = 1_024;

/** HOT: times of arrivals, first in, first out, at a constant cost each. */
export class ArrivalQueue {
  #times: number[] = [];
  #first = 0;

  get length(): number {
    return this.#times.length - this.#first;
  }

  push(timeUs: number): void {
    this.#times.push(timeUs);
  }

  shift(): number | undefined {
    const timeUs = this.#times[this.#first];
    if (timeUs === undefined) return undefined;
    this.#first++;
    if (this.#first >= COMPACT_AT && this.#first * 2 >= this.#times.length) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return timeUs;
  }

  /** Takes the newest ones out, until so many are left. @returns how many they were */
  cutTo(length: number): number {
    const cut = Math.max(0, this.length - length);
    this.#times.length -= cut;
    return cut;
  }
}
