import { createRandom } from '../random.ts';
import { type Arrivals, createPoissonArrivals, createRegularArrivals } from './arrivals.ts';
import type { RateStage } from './rate-curve.ts';

/** What happens to an arrival that finds no free user: it is dropped and counted, or waits for one. */
export type WhenBusy = 'drop' | 'queue';

export const WHEN_BUSY: readonly WhenBusy[] = ['drop', 'queue'];

/** Users of an open scenario over the whole cluster, unless it says otherwise. */
export const DEFAULT_MAX_USERS = 1_000;

/** All of an open scenario: when iterations start, and on how many users. */
export interface ArrivalPlan {
  readonly stages: readonly RateStage[];
  readonly poisson: boolean;
  /** Over the whole cluster. */
  readonly maxUsers: number;
  readonly whenBusy: WhenBusy;
}

/** The plan's starts, the same in every process. @throws LoadtsError `CONFIG_INVALID` for stages that cannot be. */
export function createArrivals(
  { stages, poisson }: Pick<ArrivalPlan, 'stages' | 'poisson'>,
  seed: number,
): Arrivals {
  if (!poisson) return createRegularArrivals(stages);
  return createPoissonArrivals(stages, (block) => createRandom(seed, 'arrivals', block));
}

/** When the last stage ends, in seconds; `Infinity` where it never does. */
export function planSeconds({ stages }: Pick<ArrivalPlan, 'stages'>): number {
  return stages.reduce((total, { seconds }) => total + seconds, 0);
}
