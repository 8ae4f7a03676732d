import type { TransportError } from '@loadts/core';
import type { TimeLimits } from './time-limits.ts';
import { createTimeoutError, type TimeoutPart } from './transport-error.ts';

/**
 * HOT: the time limits of the requests of one connection. One timer a connection, moved on with each request: cheaper than
 * one a request. A second one only where headers or body have a limit of their own.
 */
export class RequestDeadline {
  readonly #onExpired: (error: TransportError) => void;
  #total: NodeJS.Timeout | undefined;
  #totalMs = 0;
  #part: NodeJS.Timeout | undefined;
  #limits: TimeLimits | undefined;

  /** @param onExpired may come with no request under way: the total is not taken back at the end of one */
  constructor(onExpired: (error: TransportError) => void) {
    this.#onExpired = onExpired;
  }

  /** @param waitedMs of the total, gone before the request got its connection */
  start(limits: TimeLimits, waitedMs: number): void {
    this.#limits = limits;
    const totalMs = waitedMs === 0 ? limits.totalMs : Math.max(1, limits.totalMs - waitedMs);
    if (this.#total && this.#totalMs === totalMs) {
      this.#total.refresh();
      return;
    }
    clearTimeout(this.#total);
    this.#total = undefined;
    this.#totalMs = totalMs;
    if (limits.totalMs === 0) return;
    this.#total = setTimeout(() => this.#expire('total'), totalMs);
    this.#total.unref();
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
    if (this.#part) this.#stopPart();
  }

  close(): void {
    clearTimeout(this.#total);
    this.#stopPart();
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
