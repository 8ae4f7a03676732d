import type { HistoryPoint } from '../stats/run-history.ts';

const SAME_USERS = 0.05;

/** The part of a run to look at. */
export interface LoadBounds {
  /** The first second after the warm-up. */
  readonly fromSecond: number;
  /** The first second that the load did not fill. */
  readonly endSecond: number;
  /** Whether users come as a rate needs them: then their number is no sign of the load. */
  readonly isOpen: boolean;
}

/** The longest stretch of neighbouring points with the same load; with a rate, all between the bounds. */
export function findSteadyState(points: readonly HistoryPoint[], bounds: LoadBounds): HistoryPoint[] {
  const { fromSecond, endSecond, isOpen } = bounds;
  const inside = points.filter(
    ({ startSecond, spanSeconds }) => startSecond >= fromSecond && startSecond + spanSeconds <= endSecond,
  );
  if (isOpen) return inside;
  let [start, best, length] = [0, 0, 0];
  inside.forEach(({ users }, i) => {
    const level = inside[start]?.users ?? 0;
    if (level === 0 || Math.abs(users - level) > SAME_USERS * level) start = i;
    if (users > 0 && i + 1 - start > length) [best, length] = [start, i + 1 - start];
  });
  return inside.slice(best, best + length);
}
