import type { Threshold } from '../threshold/threshold.ts';
import type { LevelMeasurement } from './level-measurement.ts';

/** More load that brings that much fewer requests is too much. */
const LOSS = 0.9;
/** So much more load should bring at least so many more requests. */
const MORE_LOAD = 1.5;
const GAIN = 1.05;

/**
 * A level that meets the objectives, but not because it is good: it brings fewer requests than a lower one, or, where
 * no objective looks at times, no more than one with much less load.
 */
export function judgeSaturation(
  measurement: LevelMeasurement,
  before: readonly LevelMeasurement[],
  { objectives }: { readonly objectives: readonly Threshold[] },
): LevelMeasurement {
  if (measurement.outcome !== 'held') return measurement;
  const { level, requestsPerSecond } = measurement;
  const looksAtTimes = objectives.some(({ metric }) => metric.kind === 'latency');
  const better = before.find((other) => {
    if (other.outcome !== 'held' || other.level >= level) return false;
    if (requestsPerSecond < LOSS * other.requestsPerSecond) return true;
    return (
      !looksAtTimes && level >= MORE_LOAD * other.level && requestsPerSecond < GAIN * other.requestsPerSecond
    );
  });
  if (!better) return measurement;
  const reason = `no more requests a second than at ${better.level}: ${round(requestsPerSecond)} instead of ${round(better.requestsPerSecond)}`;
  return { ...measurement, outcome: 'saturated', reason };
}

/** The lowest level that brings nearly all the requests a second that any level brings: from there on, others only wait longer. */
export function findKnee(measurements: readonly LevelMeasurement[]): LevelMeasurement | undefined {
  const most = Math.max(...measurements.map(({ requestsPerSecond }) => requestsPerSecond));
  return [...measurements]
    .sort((a, b) => a.level - b.level)
    .find(({ requestsPerSecond }) => requestsPerSecond * GAIN >= most);
}

function round(perSecond: number): number {
  return Number(perSecond.toPrecision(3));
}
