import type { StreamTime } from '@loadts/core';

/** What the events of one stream measure. All times in clock microseconds. */
export class EventTimes {
  readonly #startUs: number;
  readonly #record: (time: StreamTime, durationUs: number, atUs: number) => void;
  #firstUs: number | undefined;
  #lastUs = 0;
  #events = 0;

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

  note(atUs: number): void {
    if (this.#firstUs === undefined) {
      this.#firstUs = atUs;
      this.#record('ttfe', atUs - this.#startUs, atUs);
    } else {
      this.#record('gap', atUs - this.#lastUs, atUs);
    }
    this.#lastUs = atUs;
    this.#events++;
  }

  /** There will be no more. One event alone has no pace. */
  end(): void {
    if (this.#firstUs === undefined || this.#events < 2) return;
    const meanUs = Math.round((this.#lastUs - this.#firstUs) / (this.#events - 1));
    this.#record('tpot', meanUs, this.#lastUs);
  }
}
