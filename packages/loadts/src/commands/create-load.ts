import type { ShapeContext } from '@loadts/core';
import { createConstantLoad, createShapeLoad, type LoadSource } from '@loadts/master';
import type { ChosenScenario } from '../script/chosen-scenario.ts';
import type { PreparedRun } from './prepare-run.ts';

/** The load of a scenario: that of its shape, or the users that were asked for. */
export function createLoad(
  { config, given }: Pick<PreparedRun, 'config' | 'given'>,
  { shape, classes, users, spawnRate }: ChosenScenario,
  context: ShapeContext,
): LoadSource {
  const { runTimeMs } = config;
  if (!shape) return createConstantLoad({ users, spawnRate });
  const commonOptions = {
    users: given.has('users') ? users : undefined,
    spawnRate: given.has('spawnRate')
      ? spawnRate === 'all'
        ? Number.POSITIVE_INFINITY
        : spawnRate
      : undefined,
    runTime: runTimeMs === undefined ? undefined : runTimeMs / 1_000,
  };
  const names = classes.map(({ name }) => name);
  return createShapeLoad(shape.shape, { ...context, commonOptions: () => commonOptions }, names);
}
