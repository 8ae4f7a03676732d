import type { Random } from '../random.ts';
import { PoissonProcess } from './poisson-process.ts';
import { RateCurve, type RateStage } from './rate-curve.ts';

/** When each start of an open scenario is due. The same in every process, so that nothing has to be told. */
export interface Arrivals {
  /** When start `index` (0-based) is due, in microseconds after the scenario's start; `Infinity` where there is none. */
  timeUs(index: number): number;
  /** How many starts are due at `elapsedUs`, which is finite: those with a time up to it. */
  countDue(elapsedUs: number): number;
}

const SECOND_US = 1_000_000;

/**
 * Starts as evenly spaced as the rate allows: start `i` when `i` starts should have come before it.
 * @throws LoadtsError `CONFIG_INVALID` for stages that cannot be.
 */
export function createRegularArrivals(stages: readonly RateStage[]): Arrivals {
  const curve = new RateCurve(stages);
  const timeUs = (index: number): number => Math.round(curve.secondsAt(index) * SECOND_US);
  const countDue = (elapsedUs: number): number =>
    countUntil(timeUs, elapsedUs, curve.countAt(elapsedUs / SECOND_US));
  return { timeUs, countDue };
}

/**
 * Starts at random, each on its own (a Poisson process), at the rate on average.
 * @param randomOf the stream of random numbers for each block of starts; the same in every process.
 * @throws LoadtsError `CONFIG_INVALID` for stages that cannot be.
 */
export function createPoissonArrivals(
  stages: readonly RateStage[],
  randomOf: (block: number) => Random,
): Arrivals {
  const curve = new RateCurve(stages);
  const process = new PoissonProcess(randomOf);
  const timeUs = (index: number): number => Math.round(curve.secondsAt(process.at(index)) * SECOND_US);
  const countDue = (elapsedUs: number): number =>
    countUntil(timeUs, elapsedUs, process.countUpTo(curve.countAt(elapsedUs / SECOND_US)));
  return { timeUs, countDue };
}

/** The number of ascending times up to `elapsedUs`: close to `estimate`, but rounded times have the last word. */
function countUntil(timeUs: (index: number) => number, elapsedUs: number, estimate: number): number {
  let due = Math.max(0, Math.floor(estimate));
  while (due > 0 && timeUs(due - 1) > elapsedUs) due--;
  while (timeUs(due) <= elapsedUs) due++;
  return due;
}
