import { type Duration, parseDurationMs } from '../duration.ts';
import { LoadtsError } from '../errors.ts';
import { inspectValue } from '../user/inspect-value.ts';
import { type ArrivalPlan, DEFAULT_MAX_USERS, WHEN_BUSY, type WhenBusy } from './arrival-plan.ts';
import { MAX_RATE, type RateStage } from './rate-curve.ts';

/** What every open scenario can say beside its rate. */
export interface ArrivalOptions {
  /** The most users at once, over the whole cluster; 1,000 unless given. They are made as arrivals need them. */
  readonly maxUsers?: number;
  /** What an arrival does that finds no free user: it is dropped (the default) or waits for one. */
  readonly whenBusy?: WhenBusy;
  /** Arrivals at random, each on its own, instead of evenly spaced. */
  readonly poisson?: boolean;
}

export interface ArrivalRateOptions extends ArrivalOptions {
  /** Iterations started each second, over the whole cluster. */
  readonly rate: number;
}

export interface RampingArrivalRateOptions extends ArrivalOptions {
  /** The rate at the very beginning; 0 unless given. */
  readonly startRate?: number;
}

/** One part of a changing rate: linear from the rate before it to `rate`. */
export interface RateTarget {
  readonly duration: Duration;
  /** Iterations started each second, over the whole cluster, at the end of it. */
  readonly rate: number;
}

/** How often iterations start, whatever the target does: an open workload. Made by `arrivalRate` and `rampingArrivalRate`. */
export class ArrivalRate {
  readonly plan: ArrivalPlan;

  constructor(plan: ArrivalPlan) {
    this.plan = plan;
  }
}

/**
 * Iterations at a steady rate: `export const rate = arrivalRate({ rate: 500 })`. `--run-time` ends it.
 * @throws LoadtsError `CONFIG_INVALID` with all that is wrong.
 */
export function arrivalRate(options: ArrivalRateOptions): ArrivalRate {
  const { rate } = options;
  const problems = [...findRateProblems('rate', rate, 'above 0'), ...findOptionProblems(options)];
  refuse(problems, 'arrivalRate({ rate: 500, maxUsers: 1_000 }) starts 500 iterations a second');
  return createRate([{ seconds: Number.POSITIVE_INFINITY, startRate: rate, endRate: rate }], options);
}

/**
 * Iterations at a rate that changes: linear from the rate before to that of each stage. The run ends with the last one.
 * @throws LoadtsError `CONFIG_INVALID` with all that is wrong.
 */
export function rampingArrivalRate(
  targets: readonly RateTarget[],
  options: RampingArrivalRateOptions = {},
): ArrivalRate {
  const { startRate = 0 } = options;
  const problems = [
    ...(targets.length === 0 ? ['there are no stages'] : []),
    ...targets.flatMap((target, index) => findTargetProblems(target, index + 1)),
    ...findRateProblems('startRate', startRate, 'from 0'),
    ...findOptionProblems(options),
  ];
  refuse(problems, "rampingArrivalRate([{ duration: '20s', rate: 1_000 }]) goes from 0 to 1,000 a second");
  let before = startRate;
  const stages = targets.map(({ duration, rate }): RateStage => {
    const stage = { seconds: parseDurationMs(duration) / 1_000, startRate: before, endRate: rate };
    before = rate;
    return stage;
  });
  return createRate(stages, options);
}

function createRate(stages: readonly RateStage[], options: ArrivalOptions): ArrivalRate {
  const { maxUsers = DEFAULT_MAX_USERS, whenBusy = 'drop', poisson = false } = options;
  return new ArrivalRate({ stages, maxUsers, whenBusy, poisson });
}

function findTargetProblems({ duration, rate }: RateTarget, number: number): string[] {
  const problems = findRateProblems('rate', rate, 'from 0');
  try {
    if (parseDurationMs(duration) === 0) problems.push('its duration is 0');
  } catch {
    problems.push(`${inspectValue(duration)} is not a duration`);
  }
  return problems.map((problem) => `stage ${number}: ${problem}`);
}

function findRateProblems(name: string, rate: number, least: 'above 0' | 'from 0'): string[] {
  const fits = Number.isFinite(rate) && rate <= MAX_RATE && (least === 'above 0' ? rate > 0 : rate >= 0);
  return fits ? [] : [`${name}: ${inspectValue(rate)} is not a number ${least} up to ${MAX_RATE}`];
}

/** Scripts in JavaScript may pass anything. */
function findOptionProblems({ maxUsers, whenBusy, poisson }: ArrivalOptions): string[] {
  const problems: string[] = [];
  if (maxUsers !== undefined && !(Number.isInteger(maxUsers) && maxUsers >= 1 && maxUsers <= 10_000_000)) {
    problems.push(`maxUsers: ${inspectValue(maxUsers)} is not a number of users above 0`);
  }
  if (whenBusy !== undefined && !WHEN_BUSY.includes(whenBusy)) {
    problems.push(`whenBusy: ${inspectValue(whenBusy)} is neither "drop" nor "queue"`);
  }
  if (poisson !== undefined && typeof poisson !== 'boolean') {
    problems.push(`poisson: ${inspectValue(poisson)} is neither true nor false`);
  }
  return problems;
}

function refuse(problems: readonly string[], hint: string): void {
  if (problems.length > 0) throw new LoadtsError('CONFIG_INVALID', problems.join('\n'), { hint });
}
