import type { Clock } from '@loadts/core';

/** The process's monotonic clock. */
export const systemClock: Clock = {
  nowUs: () => Math.round(performance.now() * 1_000),
  schedule(delayMs, wake) {
    const timer = setTimeout(wake, delayMs);
    return () => clearTimeout(timer);
  },
};
