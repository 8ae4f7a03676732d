/** Users started, or stopped, each second; `all` is as fast as possible. */
export type SpawnRate = number | 'all';

/** How many moves of a ramp are due `elapsedUs` after its start: the first at once, the rest evenly spaced. */
export function movesDue(elapsedUs: number, rate: SpawnRate): number {
  if (elapsedUs < 0) return 0;
  if (rate === 'all') return Number.POSITIVE_INFINITY;
  return Math.floor((elapsedUs * rate) / 1_000_000 + 1e-9) + 1;
}

/** When move `index` (0-based) is due, in microseconds after the ramp's start. */
export function moveDueUs(index: number, rate: SpawnRate): number {
  return rate === 'all' ? 0 : Math.ceil((index * 1_000_000) / rate);
}
