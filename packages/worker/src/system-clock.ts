import type { Clock } from '@loadts/core';

/** Longer timers of Node fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The process's monotonic clock. */
export const systemClock: Clock = {
  nowUs: () => Math.round(performance.now() * 1_000),
  schedule(delayMs, wake) {
    const dueMs = performance.now() + delayMs;
    let timer: NodeJS.Timeout | undefined;
    const sleep = (restMs: number): void => {
      timer = setTimeout(check, Math.min(Math.ceil(restMs), LONGEST_TIMER_MS));
    };
    // Timers count in whole milliseconds and may fire a fraction early.
    const check = (): void => {
      const restMs = dueMs - performance.now();
      if (restMs > 0) sleep(restMs);
      else wake();
    };
    sleep(delayMs);
    return () => clearTimeout(timer);
  },
};
