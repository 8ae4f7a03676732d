import type { Clock, TransportError } from '@loadts/core';
import type { TimeLimits } from './time-limits.ts';
import { createTimeoutError, type TimeoutPart } from './transport-error.ts';

/**
 * HOT: the time limits of the requests of one connection. The timer of the total is left alone from one request to the next:
 * only where it rings is looked whether the time of the request at hand is over. A second timer only where headers or body
 * have a limit of their own.
 */
export class RequestDeadline {
  readonly #clock: Clock;
  readonly #onExpired: (error: TransportError) => void;
  #total: NodeJS.Timeout | undefined;
  /** When it rings. */
  #ringsUs = 0;
  /** When the total of the request at hand is over; 0 where it has none. */
  #dueUs = 0;
  #part: NodeJS.Timeout | undefined;
  #limits: TimeLimits | undefined;

  constructor(clock: Clock, onExpired: (error: TransportError) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  /** @param waitedMs of the total, gone before the request got its connection */
  start(limits: TimeLimits, waitedMs: number, nowUs: number = this.#clock.nowUs()): void {
    this.#limits = limits;
    this.#dueUs = limits.totalMs === 0 ? 0 : nowUs + Math.max(1, limits.totalMs - waitedMs) * 1_000;
    if (this.#dueUs === 0 || (this.#total && this.#ringsUs <= this.#dueUs)) return;
    clearTimeout(this.#total);
    this.#ring(this.#dueUs - nowUs);
  }

  /** The request is on its way. */
  sent(): void {
    const headersMs = this.#limits?.headersMs ?? 0;
    if (headersMs > 0) this.#startPart('headers', headersMs);
  }

  /** The headers have come. */
  headed(): void {
    if (this.#part) this.#stopPart();
    const bodyMs = this.#limits?.bodyMs ?? 0;
    if (bodyMs > 0) this.#startPart('body', bodyMs);
  }

  /** A piece of the body has come. */
  moved(): void {
    this.#part?.refresh();
  }

  /** The body waits for its reader: what does not come meanwhile is not the server's fault. */
  pause(): void {
    if (this.#part) this.#stopPart();
  }

  /** Its reader goes on. */
  resume(): void {
    this.headed();
  }

  /** The request has ended. */
  end(): void {
    this.#dueUs = 0;
    if (this.#part) this.#stopPart();
  }

  close(): void {
    clearTimeout(this.#total);
    this.#stopPart();
  }

  #ring(inUs: number): void {
    this.#ringsUs = this.#clock.nowUs() + inUs;
    this.#total = setTimeout(() => this.#rung(), Math.ceil(inUs / 1_000));
    this.#total.unref();
  }

  #rung(): void {
    this.#total = undefined;
    if (this.#dueUs === 0) return;
    const restUs = this.#dueUs - this.#clock.nowUs();
    // Timers may ring a fraction early.
    if (restUs > 1_000) this.#ring(restUs);
    else this.#expire('total');
  }

  #startPart(part: TimeoutPart, ms: number): void {
    this.#stopPart();
    this.#part = setTimeout(() => this.#expire(part), ms);
    this.#part.unref();
  }

  #stopPart(): void {
    clearTimeout(this.#part);
    this.#part = undefined;
  }

  #expire(part: TimeoutPart): void {
    if (this.#limits) this.#onExpired(createTimeoutError(part, this.#limits));
  }
}
