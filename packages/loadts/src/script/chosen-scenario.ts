import { type ArrivalPlan, planSeconds, type SpawnRate, type UserClass } from '@loadts/core';
import type { ChosenShape } from './choose-shape.ts';

/** One load of a run, of which everything is known. */
export interface ChosenScenario {
  /** Undefined for the only one of a script that names none. */
  readonly name: string | undefined;
  readonly classes: readonly UserClass[];
  readonly shape: ChosenShape | undefined;
  /** Where it is an open one. */
  readonly arrivals: ArrivalPlan | undefined;
  /** Where neither a shape nor a rate decides. */
  readonly users: number;
  readonly spawnRate: SpawnRate;
  /** Since the run's start. */
  readonly startMs: number;
  /** Since the run's start; undefined where nobody knows. */
  readonly endMs: number | undefined;
}

export interface ScenarioTimes {
  readonly startMs: number;
  readonly runTimeMs: number | undefined;
  readonly arrivals: ArrivalPlan | undefined;
}

/** The earliest of all that ends a scenario. @param capMs when the run ends */
export function endOfScenario(
  { startMs, runTimeMs = Number.POSITIVE_INFINITY, arrivals }: ScenarioTimes,
  capMs: number | undefined,
): number | undefined {
  const rateMs = arrivals ? planSeconds(arrivals) * 1_000 : Number.POSITIVE_INFINITY;
  return finite(Math.min(startMs + Math.min(runTimeMs, rateMs), capMs ?? Number.POSITIVE_INFINITY));
}

/** When the last scenario has ended; undefined where nobody knows. */
export function endOfRun(scenarios: readonly ChosenScenario[]): number | undefined {
  return finite(Math.max(...scenarios.map(({ endMs = Number.POSITIVE_INFINITY }) => endMs)));
}

function finite(ms: number): number | undefined {
  return Number.isFinite(ms) ? ms : undefined;
}
