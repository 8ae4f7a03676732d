import { inspect } from 'node:util';
import {
  bindShape,
  type LoadTestShape,
  LoadtsError,
  type ShapeContext,
  type ShapeTick,
  type SpawnRate,
} from '@loadts/core';

/** The load wanted at one moment. */
export interface WantedLoad {
  readonly users: number;
  readonly spawnRate: SpawnRate;
  /** Indexes of the user classes that may have users; all unless given. */
  readonly classes?: readonly number[];
  /** The name of the part of the run that this belongs to. */
  readonly stage?: string | undefined;
}

/** Asked once a second; `undefined` ends the run. */
export type LoadSource = () => WantedLoad | undefined;

/** As on the command line: a slip of the keyboard must not fill the memory. */
export const MAX_USERS = 10_000_000;

export function createConstantLoad(load: WantedLoad): LoadSource {
  return () => load;
}

/**
 * What a shape wants.
 * @param classNames of the run's user classes, by index
 * @throws LoadtsError `SHAPE_FAILED` where its `tick` throws or answers nonsense
 */
export function createShapeLoad(
  shape: LoadTestShape,
  context: ShapeContext,
  classNames: readonly string[],
): LoadSource {
  bindShape(shape, context);
  const name = `${shape.constructor.name}.tick()`;
  return () => {
    const wanted = callTick(shape, name);
    if (wanted === null) return undefined;
    if (isLoad(wanted)) {
      const { users, spawnRate, userClasses, stage } = wanted;
      return {
        users: Math.round(users),
        spawnRate: spawnRate === Number.POSITIVE_INFINITY ? 'all' : spawnRate,
        ...(stage !== undefined && { stage }),
        ...(userClasses && { classes: findClasses(userClasses, classNames, name) }),
      };
    }
    throw new LoadtsError(
      'SHAPE_FAILED',
      `${name} returned ${inspect(wanted, { depth: 0, breakLength: Number.POSITIVE_INFINITY })}: it has to return { users, spawnRate } with 0 to ${MAX_USERS} users and a spawn rate above 0, or null to end the run`,
    );
  };
}

/** The script may be JavaScript: what `tick` returns can be anything. */
function callTick(shape: LoadTestShape, name: string): unknown {
  try {
    return shape.tick();
  } catch (cause) {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    throw new LoadtsError('SHAPE_FAILED', `${name} threw\n${text}`, { cause });
  }
}

function isLoad(value: unknown): value is ShapeTick {
  const { users, spawnRate, userClasses } = Object(value) as Readonly<Record<keyof ShapeTick, unknown>>;
  const hasUsers = typeof users === 'number' && users >= 0 && users <= MAX_USERS;
  const hasClasses = userClasses === undefined || Array.isArray(userClasses);
  return hasUsers && hasClasses && typeof spawnRate === 'number' && spawnRate > 0;
}

function findClasses(
  wanted: NonNullable<ShapeTick['userClasses']>,
  classNames: readonly string[],
  tick: string,
): number[] {
  return wanted.map((userClass) => {
    const name = typeof userClass === 'string' ? userClass : userClass?.name;
    const index = classNames.indexOf(name);
    if (index >= 0) return index;
    throw new LoadtsError(
      'SHAPE_FAILED',
      `${tick} returned the user class ${inspect(name)}, which takes no part in the run: it has ${classNames.join(', ')}`,
    );
  });
}
