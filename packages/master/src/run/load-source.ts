import { bindShape, type LoadTestShape, LoadtsError, type ShapeContext, type SpawnRate } from '@loadts/core';

/** The load wanted at one moment. */
export interface WantedLoad {
  readonly users: number;
  readonly spawnRate: SpawnRate;
}

/** Asked once a second; `undefined` ends the run. */
export type LoadSource = () => WantedLoad | undefined;

export function createConstantLoad(load: WantedLoad): LoadSource {
  return () => load;
}

/** What a shape wants. @throws LoadtsError `SHAPE_FAILED` where its `tick` throws or answers nonsense. */
export function createShapeLoad(shape: LoadTestShape, context: ShapeContext): LoadSource {
  bindShape(shape, context);
  return () => {
    const wanted = callTick(shape);
    if (wanted === null) return undefined;
    const isValid = Number.isFinite(wanted.users) && wanted.users >= 0 && wanted.spawnRate > 0;
    if (!isValid) {
      throw new LoadtsError(
        'SHAPE_FAILED',
        `${shape.constructor.name}.tick() returned ${JSON.stringify(wanted)}`,
        {
          hint: 'return { users, spawnRate } with users 0 or more and a spawn rate above 0, or null to end the run',
        },
      );
    }
    return { users: Math.round(wanted.users), spawnRate: wanted.spawnRate };
  };
}

function callTick(shape: LoadTestShape): ReturnType<LoadTestShape['tick']> {
  try {
    return shape.tick();
  } catch (cause) {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    throw new LoadtsError('SHAPE_FAILED', `${shape.constructor.name}.tick() threw\n${text}`, { cause });
  }
}
