import type { SpawnRate } from '../dispatch/ramp.ts';
import { type Duration, parseDurationMs } from '../duration.ts';
import { LoadtsError } from '../errors.ts';
import { inspectValue } from '../user/inspect-value.ts';
import { LoadTestShape, type ShapeConstructor, type ShapeTick } from './load-test-shape.ts';

/** A part of a run: changes to `users`, and holds them for what is left of `duration`. */
export interface Stage {
  readonly duration: Duration;
  readonly users: number;
  /** Users started, or stopped, each second. Without it the change takes the whole stage. */
  readonly spawnRate?: SpawnRate | undefined;
  /** For thresholds such as `p95{stage="steady"} < 1s`; without it the stage goes by its number, from 1. */
  readonly name?: string | undefined;
}

interface PlacedStage {
  readonly endSeconds: number;
  readonly tick: ShapeTick;
}

/**
 * A shape of stages, one after the other: `export const shape = stages([{ duration: '1m', users: 50 }, ...])`. The run
 * ends after the last one.
 * @throws LoadtsError `CONFIG_INVALID` with all that is wrong.
 */
export function stages(list: readonly Stage[]): ShapeConstructor {
  refuseWrongStages(list);
  const placed = placeStages(list);
  return class extends LoadTestShape {
    override tick(): ShapeTick | null {
      const seconds = this.getRunTime();
      return placed.find(({ endSeconds }) => seconds < endSeconds)?.tick ?? null;
    }
  };
}

/** Each stage with its end and its load, which stays the same for as long as it lasts. */
function placeStages(list: readonly Stage[]): PlacedStage[] {
  let [endSeconds, users, lastRate] = [0, 0, Number.POSITIVE_INFINITY];
  return list.map((stage, index) => {
    const seconds = parseDurationMs(stage.duration) / 1_000;
    const change = stage.users - users;
    const linearRate = Math.abs(change) / seconds;
    const spawnRate = stage.spawnRate === 'all' ? Number.POSITIVE_INFINITY : (stage.spawnRate ?? linearRate);
    // Where nothing changes, latecomers of the stage before still come at its rate.
    if (spawnRate > 0) lastRate = spawnRate;
    endSeconds += seconds;
    // A stage may be too short for its spawn rate: the next one goes on from where it got to.
    users += Math.sign(change) * Math.min(Math.abs(change), spawnRate * seconds);
    const tick = { users: stage.users, spawnRate: lastRate, stage: stage.name ?? String(index + 1) };
    return { endSeconds, tick };
  });
}

function refuseWrongStages(list: readonly Stage[]): void {
  const problems = list.flatMap((stage, index) =>
    findProblems(stage).map((problem) => `stage ${index + 1}: ${problem}`),
  );
  if (list.length === 0) problems.push('there are no stages');
  if (problems.length > 0) {
    throw new LoadtsError('CONFIG_INVALID', problems.join('\n'), {
      hint: "a stage is { duration: '30s', users: 100 }, and may have a spawnRate and a name",
    });
  }
}

/** What is wrong with one stage. */
function findProblems({ duration, users, spawnRate }: Stage): string[] {
  const problems: string[] = [];
  const seconds = secondsOf(duration);
  if (seconds === undefined) problems.push(`${inspectValue(duration)} is not a duration`);
  else if (seconds === 0) problems.push('its duration is 0');
  if (!isUserCount(users)) problems.push(`${inspectValue(users)} is not a number of users`);
  if (spawnRate !== undefined && spawnRate !== 'all' && !(Number.isFinite(spawnRate) && spawnRate > 0)) {
    problems.push(`${inspectValue(spawnRate)} is not a spawn rate: give a number above 0, or 'all'`);
  }
  return problems;
}

/** A whole number, and not more than a slip of the keyboard would give. */
export function isUserCount(users: number): boolean {
  return Number.isInteger(users) && users >= 0 && users <= 10_000_000;
}

/** Seconds, or `undefined` for what is no duration. */
export function secondsOf(duration: Duration): number | undefined {
  try {
    return parseDurationMs(duration) / 1_000;
  } catch {
    return undefined;
  }
}
