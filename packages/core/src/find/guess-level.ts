import type { LevelMeasurement } from './level-measurement.ts';

export interface Bracket {
  /** The highest level that holds. */
  readonly ceiling: number;
  /** The lowest that fails. */
  readonly failsAt: number;
  readonly precision: number;
}

/**
 * A rate between two others, from what the target got through when it was too much: first one that it should just hold,
 * then one that it should not. Undefined where that says nothing, since it got through less than it can.
 */
export function guessLevel(bracket: Bracket, measurements: readonly LevelMeasurement[]): number | undefined {
  const { ceiling, failsAt, precision } = bracket;
  const capacity = estimateCapacity(bracket, measurements);
  if (capacity === undefined || capacity >= failsAt) return undefined;
  const next = ceiling * (1 + precision);
  const justBelow = capacity / (1 + precision / 2);
  if (justBelow > next) return justBelow;
  return ceiling <= capacity * (1 + precision) ? next : undefined;
}

/** What came through at the level that failed, as a level: an iteration may be several requests. */
function estimateCapacity(
  { ceiling, failsAt }: Bracket,
  measurements: readonly LevelMeasurement[],
): number | undefined {
  const served = (level: number): number => {
    const own = measurements.filter((measurement) => measurement.level === level);
    return Math.max(...own.map(({ requestsPerSecond, errors }) => requestsPerSecond * (1 - errors)));
  };
  const perLevel = served(ceiling) / ceiling;
  return perLevel > 0 ? served(failsAt) / perLevel : undefined;
}
