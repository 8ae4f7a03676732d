import type { WhenBusy } from '../arrival/arrival-plan.ts';
import type { ArrivalRate } from '../arrival/arrival-rate.ts';
import type { SpawnRate } from '../dispatch/ramp.ts';
import type { Duration } from '../duration.ts';
import type { ShapeConstructor } from '../shape/load-test-shape.ts';
import type { User } from '../user/user.ts';

/** A user class as a script names it. */
type UserClassReference = abstract new (...args: never[]) => User;

/** One of several loads that run side by side, each on users of its own. It has one of `users`, `shape` and `rate`. */
export interface Scenario {
  /** Whose users they are; a class belongs to one scenario only. */
  readonly userClass: UserClassReference | readonly UserClassReference[];
  /** How many users there are. */
  readonly users?: number;
  /** Beside `users`: how many start each second; 1 unless given. */
  readonly spawnRate?: SpawnRate;
  /** How many users there are, second by second: `stages([...])`, or a subclass of `LoadTestShape`. */
  readonly shape?: ShapeConstructor;
  /** How often iterations begin: a number a second, `arrivalRate(...)` or `rampingArrivalRate(...)`. */
  readonly rate?: number | ArrivalRate;
  /** Beside `rate`: the most users at once, over the whole cluster. */
  readonly maxUsers?: number;
  /** Beside `rate`: what an arrival does that finds no free user. */
  readonly whenBusy?: WhenBusy;
  /** How long after the run's start it begins; 0 unless given. */
  readonly startAfter?: Duration;
  /** How long it lasts; until the end of its shape, its rate or the run unless given. */
  readonly runTime?: Duration;
}

/** Independent loads by name: `export const scenarios = { browse: { userClass: Browser, users: 20 } } satisfies Scenarios`. */
export type Scenarios = Readonly<Record<string, Scenario>>;
