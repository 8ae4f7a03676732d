import type { Clock } from '@loadts/core';

interface Timer {
  readonly atUs: number;
  wake(): void;
}

// Not zero: a time of the clock that is taken for a time of the run shall be seen.
const ORIGIN_US = 7_000_000_123;

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  #elapsedUs = 0;
  readonly #timers = new Set<Timer>();

  /** Timers that were neither cancelled nor due. */
  get pending(): number {
    return this.#timers.size;
  }

  nowUs(): number {
    return ORIGIN_US + this.#elapsedUs;
  }

  schedule(delayMs: number, wake: () => void): () => void {
    const timer = { atUs: this.#elapsedUs + Math.ceil(Math.max(0, delayMs) * 1_000), wake };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Wakes all that is due until then, in order; after each, everything happens that needs no time. */
  async advanceTo(secondsSinceStart: number): Promise<void> {
    const endUs = Math.round(secondsSinceStart * 1_000_000);
    await settle();
    for (let next = this.#next(endUs); next; next = this.#next(endUs)) {
      this.#elapsedUs = Math.max(this.#elapsedUs, next.atUs);
      this.#timers.delete(next);
      next.wake();
      await settle();
    }
    this.#elapsedUs = endUs;
  }

  /** As a process does that was suspended: time has passed, and each timer that is due wakes late. */
  async jumpTo(secondsSinceStart: number): Promise<void> {
    this.#elapsedUs = Math.round(secondsSinceStart * 1_000_000);
    await this.advanceTo(secondsSinceStart);
  }

  #next(endUs: number): Timer | undefined {
    const due = [...this.#timers].filter(({ atUs }) => atUs <= endUs);
    return due.sort((a, b) => a.atUs - b.atUs)[0];
  }
}

/** Lets everything happen that needs no time: messages under way arrive, promises settle. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
