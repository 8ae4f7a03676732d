import { type ArrivalPlan, ArrivalRate, arrivalRate, LoadtsError } from '@loadts/core';
import { configError, type Problem } from '../config/problem.ts';
import type { RunConfig } from '../config/run-config.ts';
import type { ChosenShape } from './choose-shape.ts';

export interface ArrivalSources {
  readonly config: RunConfig;
  /** The fields that were set anywhere, in contrast to defaults. */
  readonly given: Pick<ReadonlySet<keyof RunConfig>, 'has'>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly shape: ChosenShape | undefined;
}

/** What says how many users there are, and so contradicts a rate. */
const CLOSED_OPTIONS = {
  users: '--users: a rate makes as many users as it needs',
  spawnRate: '--spawn-rate: a rate makes users as it needs them',
  iterations: '--iterations: a rate starts as many as fit into the run time',
} as const;

const RATE_OPTIONS = { maxUsers: '--max-users', whenBusy: '--when-busy', poisson: '--poisson' } as const;

/**
 * The arrivals of an open run, from `--rate` or the script's own rate; undefined where users go on by themselves.
 * @throws LoadtsError `CONFIG_INVALID` with all that contradicts it.
 */
export function selectArrivals({ config, given, exports, shape }: ArrivalSources): ArrivalPlan | undefined {
  const exported = findExported(exports);
  const rate = config.rate === undefined ? exported : arrivalRate({ rate: config.rate });
  const problems = rate ? findContradictions(given, shape) : findLonely(given);
  if (problems.length > 0) throw configError(problems);
  if (!rate) return undefined;
  const plan = { ...(exported ?? rate).plan, stages: rate.plan.stages };
  return {
    ...plan,
    maxUsers: config.maxUsers ?? plan.maxUsers,
    whenBusy: config.whenBusy ?? plan.whenBusy,
    poisson: config.poisson ?? plan.poisson,
  };
}

function findExported(exports: Readonly<Record<string, unknown>>): ArrivalRate | undefined {
  const found = Object.entries(exports).filter(([, value]) => value instanceof ArrivalRate);
  if (found.length > 1) {
    const names = found.map(([name]) => name).join(', ');
    throw new LoadtsError('CONFIG_INVALID', `the script has several arrival rates: ${names}`, {
      hint: 'export one only',
    });
  }
  return found[0]?.[1] as ArrivalRate | undefined;
}

function findContradictions(given: ArrivalSources['given'], shape: ChosenShape | undefined): Problem[] {
  const closed = (Object.keys(CLOSED_OPTIONS) as (keyof typeof CLOSED_OPTIONS)[]).filter((field) =>
    given.has(field),
  );
  const problems = closed.map((field): Problem => {
    return { text: CLOSED_OPTIONS[field], hint: 'leave it out, or the rate; --max-users limits the users' };
  });
  if (!shape) return problems;
  const text = `${shape.name} decides over the users, and a rate makes as many as it needs`;
  return [...problems, { text, hint: 'leave one of them out' }];
}

function findLonely(given: ArrivalSources['given']): Problem[] {
  return Object.entries(RATE_OPTIONS)
    .filter(([field]) => given.has(field as keyof RunConfig))
    .map(([, flag]) => ({
      text: `${flag} is for runs with a rate, and this one has none`,
      hint: 'add --rate 100, or export an arrivalRate from the script',
    }));
}
