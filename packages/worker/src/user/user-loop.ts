import {
  createRandom,
  createWeightedPicker,
  type Random,
  StopUser,
  User,
  type UserClass,
} from '@loadts/core';
import { UserHttpClient } from '../http/user-http-client.ts';
import { describeException } from './describe-exception.ts';
import type { UserEnvironment } from './user-environment.ts';

type Hook = () => unknown;

/** HOT: one user's life: `onStart`, then task and wait in turn until it is told to end, then `onStop`. */
export class UserLoop {
  readonly ordinal: number;
  readonly #userClass: UserClass;
  readonly #environment: UserEnvironment;
  readonly #waitRandom: Random;
  readonly #pickTask: () => number;
  readonly #aborted: Promise<void>;
  #abandon: () => void = () => {};
  #clients: UserHttpClient[] = [];
  #stopping = false;
  #wake: (() => void) | undefined;

  constructor(userClass: UserClass, ordinal: number, environment: UserEnvironment) {
    this.#userClass = userClass;
    this.#environment = environment;
    this.ordinal = ordinal;
    const stream = (purpose: string): Random =>
      createRandom(environment.seed, userClass.name, ordinal, purpose);
    this.#waitRandom = stream('wait');
    this.#pickTask = createWeightedPicker(
      userClass.tasks.map((task) => task.weight),
      stream('task'),
    );
    this.#aborted = new Promise((resolve) => {
      this.#abandon = resolve;
    });
  }

  /** Resolves when the user has ended, or was abandoned by `abort`. Never rejects. */
  async run(): Promise<void> {
    await Promise.race([this.#live(), this.#aborted]);
    for (const client of this.#clients) client.close();
  }

  /** A user that waits ends now; one that runs a task finishes it first. */
  stop(): void {
    this.#stopping = true;
    this.#wake?.();
  }

  /** Ends now: cuts off requests and leaves code that does not settle behind. */
  abort(): void {
    this.stop();
    for (const client of this.#clients) client.close();
    // Two turns: calls that were cut off reject first, so that `onStop` and `finally` blocks get to run.
    setImmediate(() => setImmediate(this.#abandon));
  }

  async #live(): Promise<void> {
    const user = this.#create();
    if (!user) return;
    if (await this.#guard('onStart', () => user.onStart())) await this.#iterate(user);
    await this.#guard('onStop', () => user.onStop());
  }

  async #iterate(user: User): Promise<void> {
    const { clock } = this.#environment;
    const tasks = this.#userClass.tasks.map(({ name }) => name);
    const methods = user as unknown as Readonly<Record<string, Hook>>;
    while (!this.#stopping) {
      const startUs = clock.nowUs();
      const completed = this.#completedRequests();
      const name = tasks[this.#pickTask()] as string;
      try {
        await methods[name]?.();
      } catch (thrown) {
        if (thrown instanceof StopUser) return;
        this.#recordException(name, thrown);
      }
      if (this.#stopping) return;
      const pause = this.#pauseAfter(user, startUs);
      if (pause > 0) await this.#wait(pause);
      // A task that made no request may never have given way to anybody else.
      else if (completed === this.#completedRequests()) await this.#wait(0);
    }
  }

  #pauseAfter(user: User, startUs: number): number {
    // Without a wait time users run as fast as they can: no clock is read for nothing.
    if (user.waitTime === User.prototype.waitTime) return 0;
    try {
      const iterationSeconds = (this.#environment.clock.nowUs() - startUs) / 1_000_000;
      return user.waitTime({ random: this.#waitRandom, iterationSeconds });
    } catch (thrown) {
      this.#recordException('waitTime', thrown);
      return 0;
    }
  }

  #wait(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#environment.clock.schedule(seconds * 1_000, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  #create(): User | undefined {
    const { host, insecure, clock, recorder, seed } = this.#environment;
    const userClass = this.#userClass;
    const ownHost = host ?? userClass.host;
    try {
      return new userClass.create({
        ordinal: this.ordinal,
        host: ownHost,
        random: createRandom(seed, userClass.name, this.ordinal, 'user'),
        createHttpClient: () => {
          const client = new UserHttpClient({ host: ownHost, insecure, clock, recorder });
          this.#clients.push(client);
          return client;
        },
      });
    } catch (thrown) {
      this.#recordException('constructor', thrown);
      return undefined;
    }
  }

  async #guard(name: string, hook: Hook): Promise<boolean> {
    try {
      await hook();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof StopUser)) this.#recordException(name, thrown);
      return false;
    }
  }

  #recordException(task: string, thrown: unknown): void {
    const userClass = this.#userClass.name;
    const { message, readStack } = describeException(thrown, userClass);
    this.#environment.recorder.exception({ userClass, task, message }, readStack);
  }

  #completedRequests(): number {
    let completed = 0;
    for (const client of this.#clients) completed += client.completed;
    return completed;
  }
}
