import type { ShapeContext } from '@loadts/core';
import { createConstantLoad, createShapeLoad, type LoadSource } from '@loadts/master';
import type { PreparedRun } from './prepare-run.ts';

/** The load of a run: that of its shape, or the users that were asked for. */
export function createLoad(
  { config, shape, classes, given }: PreparedRun,
  context: ShapeContext,
): LoadSource {
  const { users, spawnRate, runTimeMs } = config;
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
