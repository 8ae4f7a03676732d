import type { Clock } from '@loadts/core';
import type { WorkerMessage } from '@loadts/protocol';

const ROUND_TRIPS = 5;

/** The time that a message to the master and back takes: the best of five, which is the one least disturbed. */
export class RoundTrip {
  readonly #clock: Clock;
  readonly #send: (message: WorkerMessage) => void;
  #sentUs = 0;
  #id = 0;
  #bestUs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, send: (message: WorkerMessage) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  get bestUs(): number {
    return Number.isFinite(this.#bestUs) ? this.#bestUs : 0;
  }

  measure(): void {
    this.#sentUs = this.#clock.nowUs();
    this.#id++;
    this.#send({ type: 'ping', id: this.#id });
  }

  /** @returns whether all round trips were made */
  pong(id: number): boolean {
    if (id !== this.#id) return false;
    this.#bestUs = Math.min(this.#bestUs, this.#clock.nowUs() - this.#sentUs);
    if (this.#id >= ROUND_TRIPS) return true;
    this.measure();
    return false;
  }
}
