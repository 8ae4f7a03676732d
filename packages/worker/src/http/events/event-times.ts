import type { StreamTime, StreamTimes } from '@loadts/core';

const MAX_GAPS = 10_000;

/** What the events of one stream measure. All times in clock microseconds. */
export class EventTimes {
  readonly #startUs: number;
  readonly #record: (time: StreamTime, durationUs: number, atUs: number) => void;
  #firstUs: number | undefined;
  #lastUs = 0;
  #events = 0;
  readonly #gapsMs: number[] = [];
  #perEventMs: number | undefined;

  /** @param startUs what the time to the first event counts from */
  constructor(startUs: number, record: (time: StreamTime, durationUs: number, atUs: number) => void) {
    this.#startUs = startUs;
    this.#record = record;
  }

  get events(): number {
    return this.#events;
  }

  /** Undefined where no event came. */
  get firstUs(): number | undefined {
    return this.#firstUs;
  }

  /** All of it; undefined where no event came. */
  get all(): StreamTimes | undefined {
    if (this.#firstUs === undefined) return undefined;
    const firstEventMs = (this.#firstUs - this.#startUs) / 1_000;
    return { firstEventMs, gapsMs: this.#gapsMs, perEventMs: this.#perEventMs };
  }

  note(atUs: number): void {
    if (this.#firstUs === undefined) {
      this.#firstUs = atUs;
      this.#record('ttfe', atUs - this.#startUs, atUs);
    } else {
      this.#record('gap', atUs - this.#lastUs, atUs);
      if (this.#gapsMs.length < MAX_GAPS) this.#gapsMs.push((atUs - this.#lastUs) / 1_000);
    }
    this.#lastUs = atUs;
    this.#events++;
  }

  /** There will be no more. One event alone has no pace. */
  end(): void {
    if (this.#firstUs === undefined || this.#events < 2) return;
    const meanUs = Math.round((this.#lastUs - this.#firstUs) / (this.#events - 1));
    this.#perEventMs = meanUs / 1_000;
    this.#record('tpot', meanUs, this.#lastUs);
  }
}
