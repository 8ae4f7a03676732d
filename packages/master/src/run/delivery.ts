import type { Clock } from '@loadts/core';
import { LISTENERS_MS, RUN_STOP_MS } from '@loadts/protocol';
import type { Collector } from '../statistics/collector.ts';
import { createLatch } from './latch.ts';
import type { RunSettings } from './run-settings.ts';

/** What the final messages may take after the last user has ended or was cut off. */
const DELIVERY_MS = 10_000;
/** What listeners and `onRunStop` may take before the final messages. */
const SCRIPT_END_MS = LISTENERS_MS + RUN_STOP_MS;

/** The end of a run: users finish and workers deliver. */
export class Delivery {
  readonly #clock: Clock;
  readonly #collector: Collector;
  readonly #timeoutMs: number;
  readonly #delivered = createLatch();
  #isAwaited = false;

  constructor(clock: Clock, collector: Collector, settings: RunSettings) {
    this.#clock = clock;
    this.#collector = collector;
    this.#timeoutMs = settings.stopTimeoutMs + (settings.endsScript ? SCRIPT_END_MS : 0) + DELIVERY_MS;
  }

  /** Something has come, or will never come. */
  check(): void {
    // Before the end nobody waits, and to look at every worker for every message is much for many of them.
    if (this.#isAwaited && this.#collector.outstanding.length === 0) this.#delivered.open();
  }

  /** Who does not deliver in time is given up. */
  async wait(): Promise<void> {
    this.#isAwaited = true;
    this.check();
    const cancel = this.#clock.schedule(this.#timeoutMs, () => this.#delivered.open());
    await this.#delivered.opened;
    cancel();
    for (const workerId of this.#collector.outstanding) {
      this.#collector.lose(workerId, `not delivered within ${this.#timeoutMs / 1_000} s of the stop`);
    }
  }
}
