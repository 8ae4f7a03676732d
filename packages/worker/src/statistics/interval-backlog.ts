import { mergeIntervals } from './merge-intervals.ts';
import type { WaitingInterval } from './waiting-interval.ts';

/** Seconds that are kept one by one; older ones are put together. */
const MAX_SINGLE = 60;
const FIRST_SPAN_SECONDS = 10;
/** Where there would be more spans, two become one. */
const MAX_SPANS = 60;

/**
 * What a worker has measured and could not send yet, oldest first. It takes as much memory after a day as after twenty
 * minutes: what waits long is merged, and no count is lost by that.
 */
export class IntervalBacklog {
  #spans: WaitingInterval[] = [];
  #singles: WaitingInterval[] = [];
  #spanSeconds = FIRST_SPAN_SECONDS;

  get size(): number {
    return this.#spans.length + this.#singles.length;
  }

  add(interval: WaitingInterval): void {
    this.#singles.push(interval);
    if (this.#singles.length <= MAX_SINGLE) return;
    this.#join(this.#singles.shift() as WaitingInterval);
    if (this.#spans.length > MAX_SPANS) this.#widen();
  }

  /** Takes the oldest. */
  shift(): WaitingInterval | undefined {
    const oldest = this.#spans.shift() ?? this.#singles.shift();
    if (this.size === 0) this.#spanSeconds = FIRST_SPAN_SECONDS;
    return oldest;
  }

  #widen(): void {
    this.#spanSeconds *= 2;
    for (const span of this.#spans.splice(0)) this.#join(span);
  }

  #join(interval: WaitingInterval): void {
    const last = this.#spans.at(-1);
    const numberOf = ({ firstInterval }: WaitingInterval): number =>
      Math.floor(firstInterval / this.#spanSeconds);
    if (!last || numberOf(last) !== numberOf(interval)) this.#spans.push(interval);
    else this.#spans[this.#spans.length - 1] = mergeIntervals(last, interval);
  }
}
