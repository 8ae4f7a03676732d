import type { Clock } from '@loadts/core';

/** This long before its moment a process stays awake: a timer alone may be more than a millisecond late. */
const WATCH_MS = 1.5;
/** Moments that are closer together would keep it awake all the time, for little. */
const LEAST_DELAY_MS = 3;
/** For a clock that stands still. */
const MAX_TURNS = 10_000;

/** As `clock.schedule`, and as a rule within some 50 µs where the delay is long enough. */
export function schedulePrecisely(clock: Clock, delayMs: number, wake: () => void): () => void {
  if (delayMs < LEAST_DELAY_MS) return clock.schedule(delayMs, wake);
  const dueUs = clock.nowUs() + delayMs * 1_000;
  let waits = true;
  let turns = 0;
  const cancel = (): void => {
    waits = false;
    cancelWatch();
    cancelAlarm();
  };
  const ring = (): void => {
    cancel();
    wake();
  };
  const watch = (): void => {
    if (!waits) return;
    if (clock.nowUs() >= dueUs) ring();
    else if (turns++ < MAX_TURNS) setImmediate(watch);
  };
  const cancelWatch = clock.schedule(delayMs - WATCH_MS, watch);
  const cancelAlarm = clock.schedule(delayMs, ring);
  return cancel;
}
