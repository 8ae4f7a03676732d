import type { Random } from '../random.ts';
import type { Args } from './arg.ts';
import type { HttpClient } from './http-client.ts';
import type { HttpSettings } from './http-settings.ts';
import type { Measure, MeasuredSample, MeasureOptions } from './measure.ts';
import type { TaskList } from './task-list.ts';
import type { WaitContext } from './wait-time.ts';

/** What the worker hands to each user that it starts. A subclass with a constructor passes it on to `super`. */
export interface UserContext {
  /** 0-based, counted over the whole cluster for each class. */
  readonly ordinal: number;
  /** The base URL; undefined where the run has none. */
  readonly host: string | undefined;
  readonly random: Random;
  /** What the script's `setup()` returned; undefined where there is none. Frozen: all users of a worker share it. */
  readonly data: unknown;
  readonly args: Args;
  readonly createHttpClient: (settings: HttpSettings) => HttpClient;
  readonly measure: Measure;
}

/** One kind of simulated person. Exported subclasses with at least one task take part in a run. */
export abstract class User {
  /** This class's share of the users, beside the other classes' weights. */
  static readonly weight: number = 1;
  /** Exactly this many users of the class, before weights share out the rest. */
  static readonly fixedCount: number = 0;
  static readonly host: string | undefined = undefined;
  /** An abstract class is only there to be extended. Looked up on the class itself, never inherited. */
  static readonly abstract: boolean = true;
  /** Task sets and functions that are tasks beside the `@task` methods. */
  static readonly tasks: TaskList = [];

  readonly ordinal: number;
  readonly host: string | undefined;
  /** This user's own repeatable random stream. */
  readonly random: Random;
  /** What `setup()` returned. Name its type with `declare readonly data: MyData`. */
  readonly data: unknown;
  /** The script's own arguments. */
  readonly args: Args;
  readonly #measure: Measure;

  constructor(context: UserContext) {
    this.ordinal = context.ordinal;
    this.host = context.host;
    this.random = context.random;
    this.data = context.data;
    this.args = context.args;
    this.#measure = context.measure;
  }

  /** Seconds to wait after each iteration. Assign a ready-made one (`waitTime = between(1, 3)`) or override. */
  waitTime(_context: WaitContext): number {
    return 0;
  }

  /** Runs once before the first task. A user whose `onStart` throws runs no task. */
  onStart(): void | Promise<void> {}

  /** Runs once when the user ends, also when the run is stopped. */
  onStop(): void | Promise<void> {}

  /**
   * Measures a piece of work of any protocol as one request, named as in reports: `measure('GRPC', 'SayHello', ...)`.
   * Returns what the work returns. What it throws fails the request, is thrown on, and is not counted as an exception
   * as well; `StopUser` and its like are thrown on and fail nothing.
   */
  measure<Result>(
    method: string,
    name: string,
    work: (sample: MeasuredSample) => Result | Promise<Result>,
    options: MeasureOptions = {},
  ): Promise<Result> {
    return this.#measure(method, name, work, options);
  }
}

/** A user with an HTTP client of its own: its own connections, as a real user has. */
export abstract class HttpUser extends User {
  static override readonly abstract: boolean = true;
  static readonly http: HttpSettings = {};

  readonly client: HttpClient;

  constructor(context: UserContext) {
    super(context);
    this.client = context.createHttpClient((this.constructor as typeof HttpUser).http);
  }
}

/** A class that can be started: what is left of `User` when `abstract` is gone. */
export type UserConstructor = (new (
  context: UserContext,
) => User) &
  Pick<typeof User, 'weight' | 'fixedCount' | 'host' | 'abstract'> & { readonly name: string };
