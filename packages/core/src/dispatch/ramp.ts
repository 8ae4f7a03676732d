/** Users started, or stopped, each second; `all` is as fast as possible. */
export type SpawnRate = number | 'all';

/** When move `index` (0-based) is due, in microseconds after the ramp's start: the first at once, the rest evenly spaced. */
export function moveDueUs(index: number, rate: SpawnRate): number {
  return rate === 'all' ? 0 : Math.ceil((index * 1_000_000) / rate);
}

/** How many moves of a ramp are due `elapsedUs` after its start. */
export function movesDue(elapsedUs: number, rate: SpawnRate): number {
  if (elapsedUs < 0) return 0;
  if (rate === 'all') return Number.POSITIVE_INFINITY;
  const estimate = Math.floor((elapsedUs * rate) / 1_000_000) + 1;
  // Rounded divisions can differ from rounded multiplications: `moveDueUs` decides.
  if (moveDueUs(estimate, rate) <= elapsedUs) return estimate + 1;
  return moveDueUs(estimate - 1, rate) > elapsedUs ? estimate - 1 : estimate;
}
