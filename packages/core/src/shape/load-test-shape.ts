import type { UserConstructor } from '../user/user.ts';

/** The load that a shape asks for from now on. */
export interface ShapeTick {
  readonly users: number;
  /** Users started, or stopped, each second. */
  readonly spawnRate: number;
  /** The user classes that may have users from now on, or their names; all unless given. */
  readonly userClasses?: readonly (string | UserConstructor)[];
}

/** What the master tells a shape about its run. */
export interface ShapeContext {
  runTimeSeconds(): number;
  currentUserCount(): number;
}

let bind: (shape: LoadTestShape, context: ShapeContext) => void;

/** Decides once a second how many users there should be. Export one subclass from the script to use it. */
export abstract class LoadTestShape {
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
}

/** Connects a shape to the run that it shapes. */
export function bindShape(shape: LoadTestShape, context: ShapeContext): void {
  bind(shape, context);
}

export type ShapeConstructor = (new () => LoadTestShape) & { readonly name: string };

/** The shapes among a script's exports, each once, whatever names it is exported under. */
export function readShapes(exports: Readonly<Record<string, unknown>>): ShapeConstructor[] {
  return [...new Set(Object.values(exports))].filter(
    (value): value is ShapeConstructor =>
      typeof value === 'function' && value.prototype instanceof LoadTestShape,
  );
}
