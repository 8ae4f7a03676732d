/** @import { Clock } from '@loadts/core' */

/**
 * Time that passes when it is told to.
 * @implements {Clock}
 */
export class SimulatedClock {
  #nowUs = 0;
  /** @type {Set<{ atUs: number, wake: () => void }>} */
  #timers = new Set();

  nowUs() {
    return this.#nowUs;
  }

  /**
   * @param {number} delayMs
   * @param {() => void} wake
   */
  schedule(delayMs, wake) {
    const timer = { atUs: this.#nowUs + Math.ceil(Math.max(0, delayMs) * 1_000), wake };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /**
   * Wakes all that is due until then, in order.
   * @param {number} seconds
   */
  advanceTo(seconds) {
    const endUs = seconds * 1_000_000;
    for (let next = this.#next(endUs); next; next = this.#next(endUs)) {
      this.#nowUs = next.atUs;
      this.#timers.delete(next);
      next.wake();
    }
    this.#nowUs = endUs;
  }

  /** @param {number} endUs */
  #next(endUs) {
    const due = [...this.#timers].filter(({ atUs }) => atUs <= endUs);
    return due.sort((a, b) => a.atUs - b.atUs)[0];
  }
}
