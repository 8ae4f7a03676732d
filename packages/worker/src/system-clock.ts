import type { Clock } from '@loadts/core';

/** Longer timers of Node fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The process's monotonic clock. */
export const systemClock: Clock = {
  nowUs: () => Math.round(performance.now() * 1_000),
  schedule(delayMs, wake) {
    const alarm = new Alarm(performance.now() + delayMs, wake);
    alarm.sleep(delayMs);
    return () => alarm.cancel();
  },
};

/** Rings when its time has come: timers count in whole milliseconds and may fire a fraction early. */
class Alarm {
  readonly #dueMs: number;
  readonly #wake: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(dueMs: number, wake: () => void) {
    this.#dueMs = dueMs;
    this.#wake = wake;
  }

  sleep(restMs: number): void {
    this.#timer = setTimeout(ring, Math.min(Math.ceil(restMs), LONGEST_TIMER_MS), this);
  }

  ring(): void {
    const restMs = this.#dueMs - performance.now();
    if (restMs > 0) this.sleep(restMs);
    else this.#wake();
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

function ring(alarm: Alarm): void {
  alarm.ring();
}
