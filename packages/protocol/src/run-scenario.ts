import type { ClassShare } from '@loadts/core';

/** Of one run. */
export const MAX_SCENARIOS = 100;

export interface RunClass extends ClassShare {
  readonly name: string;
}

/** One load of a run with its user classes. Its plans and arrivals count from its own start. */
export interface RunScenario {
  /** Null for the only one of a script that names none. */
  readonly name: string | null;
  /** The classes that take part; plans name them by index. */
  readonly classes: readonly RunClass[];
  /** Whether iterations begin with arrivals, which `arrivals` messages tell of. */
  readonly open: boolean;
  /** When it begins, in microseconds since time zero. */
  readonly startUs: number;
  /** When it ends, in microseconds since time zero; null where nobody knows. */
  readonly endUs: number | null;
}
