import { type Duration, parseDurationMs } from '../duration.ts';
import { LoadtsError } from '../errors.ts';
import { inspectValue } from '../user/inspect-value.ts';
import { LoadTestShape, type ShapeConstructor, type ShapeTick } from './load-test-shape.ts';
import { isUserCount, secondsOf } from './stages.ts';

export interface WaveOptions {
  readonly minUsers: number;
  readonly maxUsers: number;
  /** From one low to the next. */
  readonly period: Duration;
  readonly runTime: Duration;
}

/** Users that come and go in even waves, from the lowest number on. @throws LoadtsError `CONFIG_INVALID` */
export function wave({ minUsers, maxUsers, period, runTime }: WaveOptions): ShapeConstructor {
  refuseWrong({ minUsers, maxUsers }, { period, runTime });
  const periodSeconds = parseDurationMs(period) / 1_000;
  return followCurve(runTime, (seconds) => {
    const height = (1 - Math.cos((2 * Math.PI * seconds) / periodSeconds)) / 2;
    return minUsers + (maxUsers - minUsers) * height;
  });
}

export interface DoubleWaveOptions {
  /** Before, between and after the peaks. */
  readonly minUsers: number;
  /** Users at a third of the run time. */
  readonly firstPeakUsers: number;
  /** Users at two thirds of it. */
  readonly secondPeakUsers: number;
  readonly runTime: Duration;
}

/** A day with its two peaks, one at a third and one at two thirds of the time. @throws LoadtsError `CONFIG_INVALID` */
export function doubleWave(options: DoubleWaveOptions): ShapeConstructor {
  const { minUsers, firstPeakUsers, secondPeakUsers, runTime } = options;
  refuseWrong({ minUsers, firstPeakUsers, secondPeakUsers }, { runTime });
  const unit = parseDurationMs(runTime) / 1_000 / 15;
  const bell = (seconds: number, peakUnits: number): number => Math.exp(-((seconds / unit - peakUnits) ** 2));
  return followCurve(runTime, (seconds) => {
    const first = (firstPeakUsers - minUsers) * bell(seconds, 5);
    return minUsers + first + (secondPeakUsers - minUsers) * bell(seconds, 10);
  });
}

/** Asks each second for what the curve will be a second later, at the rate that takes a second to get there. */
function followCurve(runTime: Duration, curve: (seconds: number) => number): ShapeConstructor {
  const runSeconds = parseDurationMs(runTime) / 1_000;
  return class extends LoadTestShape {
    override tick(): ShapeTick | null {
      const seconds = this.getRunTime();
      if (seconds >= runSeconds) return null;
      const users = Math.max(0, Math.round(curve(seconds + 1)));
      const change = Math.abs(users - this.getCurrentUserCount());
      return { users, spawnRate: Math.max(1, change) };
    }
  };
}

function refuseWrong(
  users: Readonly<Record<string, number>>,
  durations: Readonly<Record<string, Duration>>,
): void {
  const problems = [
    ...Object.entries(users)
      .filter(([, value]) => !isUserCount(value))
      .map(([name, value]) => `${name}: ${inspectValue(value)} is not a number of users`),
    ...Object.entries(durations)
      .filter(([, value]) => !secondsOf(value))
      .map(([name, value]) => `${name}: ${inspectValue(value)} is not a duration above 0`),
  ];
  if (problems.length > 0) throw new LoadtsError('CONFIG_INVALID', problems.join('\n'));
}
