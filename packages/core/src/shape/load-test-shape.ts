import type { UserConstructor } from '../user/user.ts';

/** The load that a shape asks for from now on. */
export interface ShapeTick {
  readonly users: number;
  /** Users started, or stopped, each second; `Infinity` is all at once. */
  readonly spawnRate: number;
  /** The user classes, or their names, that the users belong to; all of them where there is nothing. */
  readonly userClasses?: readonly (UserConstructor | string)[] | undefined;
  /** A name for this part of the run, which thresholds can select by. */
  readonly stage?: string | undefined;
}

/** The load asked for beside the shape, as with `-u`, `-r` and `-t`, where there is any. */
export interface CommonOptions {
  readonly users?: number | undefined;
  /** `Infinity` is all at once. */
  readonly spawnRate?: number | undefined;
  /** Seconds. */
  readonly runTime?: number | undefined;
}

/** What the master tells a shape about its run. */
export interface ShapeContext {
  runTimeSeconds(): number;
  currentUserCount(): number;
  commonOptions?(): CommonOptions;
}

let bind: (shape: LoadTestShape, context: ShapeContext) => void;

/** Decides once a second how many users there should be. Export one subclass from the script to use it. */
export abstract class LoadTestShape {
  /** Whether the shape makes use of `getCommonOptions()`; if not, giving some beside it is warned of. */
  readonly useCommonOptions: boolean = false;
  #context: ShapeContext | undefined;

  static {
    bind = (shape, context) => {
      shape.#context = context;
    };
  }

  /** The load wanted now, or `null` to end the run. */
  abstract tick(): ShapeTick | null;

  /** Seconds since the run started. */
  getRunTime(): number {
    return this.#context?.runTimeSeconds() ?? 0;
  }

  getCurrentUserCount(): number {
    return this.#context?.currentUserCount() ?? 0;
  }

  /** The users, spawn rate and run time that were given beside the shape. */
  getCommonOptions(): CommonOptions {
    return this.#context?.commonOptions?.() ?? {};
  }
}

/** Connects a shape to the run that it shapes. */
export function bindShape(shape: LoadTestShape, context: ShapeContext): void {
  bind(shape, context);
}

export type ShapeConstructor = (new () => LoadTestShape) & { readonly name: string };

/**
 * The shapes among a script's exports, each once, whatever names it is exported under. One without a name of its own,
 * as `stages()` makes it, goes by that of its export.
 */
export function readShapes(exports: Readonly<Record<string, unknown>>): ShapeConstructor[] {
  const shapes = Object.entries(exports).filter(isShapeExport);
  for (const [name, shape] of shapes) {
    if (shape.name === '') Object.defineProperty(shape, 'name', { value: name });
  }
  return [...new Set(shapes.map(([, shape]) => shape))];
}

function isShapeExport(entry: readonly [string, unknown]): entry is [string, ShapeConstructor] {
  const [, value] = entry;
  return typeof value === 'function' && value.prototype instanceof LoadTestShape;
}
