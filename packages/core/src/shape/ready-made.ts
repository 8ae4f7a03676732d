import type { SpawnRate } from '../dispatch/ramp.ts';
import { type Duration, parseDurationMs } from '../duration.ts';
import { LoadtsError } from '../errors.ts';
import type { ShapeConstructor } from './load-test-shape.ts';
import { type Stage, stages } from './stages.ts';

export interface StepsOptions {
  /** Users that each step adds. */
  readonly users: number;
  /** How long each step lasts. */
  readonly every: Duration;
  /** How many steps there are. */
  readonly count: number;
  /** `all` where it is not given. */
  readonly spawnRate?: SpawnRate | undefined;
}

const MAX_STEPS = 10_000;

/** Adds the same number of users again and again. @throws LoadtsError `CONFIG_INVALID` */
export function steps({ users, every, count, spawnRate = 'all' }: StepsOptions): ShapeConstructor {
  if (!(Number.isInteger(count) && count >= 1 && count <= MAX_STEPS)) {
    throw new LoadtsError('CONFIG_INVALID', `${count} is not a number of steps from 1 to ${MAX_STEPS}`);
  }
  return stages(
    Array.from({ length: count }, (_, step): Stage => {
      return { duration: every, users: users * (step + 1), spawnRate, name: `step ${step + 1}` };
    }),
  );
}

export interface SpikeOptions {
  /** Users before and after the spike. */
  readonly users: number;
  /** Users while it lasts. */
  readonly peakUsers: number;
  readonly before: Duration;
  readonly duration: Duration;
  readonly after: Duration;
  /** `all` where it is not given. */
  readonly spawnRate?: SpawnRate | undefined;
}

/** A few users, suddenly many, then few again; stages `before`, `spike` and `after`. @throws LoadtsError `CONFIG_INVALID` */
export function spike(options: SpikeOptions): ShapeConstructor {
  const { users, peakUsers, before, duration, after, spawnRate = 'all' } = options;
  return stages([
    { duration: before, users, spawnRate, name: 'before' },
    { duration, users: peakUsers, spawnRate, name: 'spike' },
    { duration: after, users, spawnRate, name: 'after' },
  ]);
}

export interface ProfileOptions {
  readonly users: number;
  /** Undefined: what suits the profile. */
  readonly spawnRate: SpawnRate | undefined;
  readonly runTime: Duration;
}

/** A load for a purpose, made to measure. @throws LoadtsError `CONFIG_INVALID` */
export type Profile = (options: ProfileOptions) => ShapeConstructor;

const share = (runTime: Duration, part: number): number => (parseDurationMs(runTime) / 1_000) * part;

/** The profiles that `--profile` knows without a script's help. */
export const PROFILES: Readonly<Record<'ramp-up' | 'sustained' | 'spike' | 'soak', Profile>> = {
  /** More and more users, evenly until the end unless there is a spawn rate: where does it break? */
  'ramp-up': ({ users, spawnRate, runTime }) =>
    stages([{ duration: runTime, users, spawnRate, name: 'ramp-up' }]),
  /** All users at the spawn rate, or at once, then the same load until the end. */
  sustained: ({ users, spawnRate = 'all', runTime }) =>
    stages([{ duration: runTime, users, spawnRate, name: 'sustained' }]),
  /** A tenth of the users, then all of them at once for a fifth of the time, then a tenth again. */
  spike: ({ users, spawnRate = 'all', runTime }) => {
    const few = Math.ceil(users / 10);
    return stages([
      { duration: share(runTime, 0.4), users: few, spawnRate, name: 'before' },
      { duration: share(runTime, 0.2), users, spawnRate: 'all', name: 'spike' },
      { duration: share(runTime, 0.4), users: few, spawnRate: 'all', name: 'after' },
    ]);
  },
  /** Gently up for a twentieth of the time, the same load for long, gently down. The spawn rate is not used. */
  soak: ({ users, runTime }) =>
    stages([
      { duration: share(runTime, 0.05), users, name: 'up' },
      { duration: share(runTime, 0.9), users, name: 'soak' },
      { duration: share(runTime, 0.05), users: 0, name: 'down' },
    ]),
};
