import { type LoadTestShape, LoadtsError, PROFILES, stages } from '@loadts/core';
import { isReadyMade } from '../config/profile-layer.ts';
import type { RunConfig } from '../config/run-config.ts';
import { createShape, selectShape } from './script-contents.ts';

type ShapeConfig = Pick<RunConfig, 'stages' | 'shape' | 'profile' | 'users' | 'spawnRate' | 'runTimeMs'>;

/** A shape, and what to call it in messages. */
export interface ChosenShape {
  readonly name: string;
  readonly shape: LoadTestShape;
  /** Whether it makes use of the users and the spawn rate that were given beside it. */
  readonly takesOptions: boolean;
}

/**
 * The shape that decides over the users, if any: of `--stages`, of a ready-made profile, or of the script.
 * @throws LoadtsError `CONFIG_INVALID` for more than one of them
 */
export function chooseShape(
  exports: Readonly<Record<string, unknown>>,
  config: ShapeConfig,
  given: Pick<ReadonlySet<keyof RunConfig>, 'has'>,
): ChosenShape | undefined {
  const { stages: list, shape: name, profile } = config;
  const wanted = [list && '--stages', name && '--shape', isReadyMade(profile) && `--profile ${profile}`];
  const named = wanted.filter((one) => typeof one === 'string');
  if (named.length > 1) {
    throw new LoadtsError('CONFIG_INVALID', `${named.join(' and ')} each decide over the users`, {
      hint: 'leave all but one of them away',
    });
  }
  if (list) return { name: '--stages', shape: createShape(stages(list)), takesOptions: false };
  if (isReadyMade(profile)) {
    const { users, runTimeMs = 0 } = config;
    const spawnRate = given.has('spawnRate') ? config.spawnRate : undefined;
    const create = PROFILES[profile]({ users, spawnRate, runTime: runTimeMs / 1_000 });
    return { name: `profile ${profile}`, shape: createShape(create), takesOptions: true };
  }
  const found = selectShape(exports, name);
  if (!found) return undefined;
  const shape = createShape(found);
  return { name: found.name, shape, takesOptions: shape.useCommonOptions };
}
