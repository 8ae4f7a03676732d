import { type Duration, type HttpTimeouts, parseDurationMs } from '@loadts/core';

/** Milliseconds that a request and its parts may take; 0 is no limit. */
export interface TimeLimits {
  readonly totalMs: number;
  readonly connectMs: number;
  readonly headersMs: number;
  readonly bodyMs: number;
}

/** Longer timers of Node fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const DEFAULT_LIMITS: TimeLimits = { totalMs: 60_000, connectMs: 10_000, headersMs: 0, bodyMs: 0 };

/** @throws LoadtsError `CONFIG_INVALID` for what is no duration. */
export function readTimeLimits(
  timeout: Duration | HttpTimeouts | undefined,
  defaults: TimeLimits = DEFAULT_LIMITS,
): TimeLimits {
  if (timeout === undefined) return defaults;
  if (typeof timeout !== 'object') return { ...defaults, totalMs: readMs(timeout, 0) };
  return {
    totalMs: readMs(timeout.total, defaults.totalMs),
    connectMs: readMs(timeout.connect, defaults.connectMs),
    headersMs: readMs(timeout.headers, defaults.headersMs),
    bodyMs: readMs(timeout.body, defaults.bodyMs),
  };
}

function readMs(duration: Duration | undefined, defaultMs: number): number {
  return duration === undefined ? defaultMs : Math.min(parseDurationMs(duration), LONGEST_TIMEOUT_MS);
}
