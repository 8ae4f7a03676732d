import {
  createRandom,
  createWeightedPicker,
  type Random,
  RescheduleTask,
  type User,
  type UserClass,
} from '@loadts/core';
import type { TakeThrown } from './take-thrown.ts';
import type { UserEnvironment } from './user-environment.ts';

export interface TaskRunnerOptions {
  readonly environment: UserEnvironment;
  readonly userClass: UserClass;
  readonly ordinal: number;
  readonly takeThrown: TakeThrown;
  /** The user's requests that have come to their end. */
  readonly completedRequests: () => number;
}

/** HOT: one user's task and wait in turn, until it is told to end. */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #waitRandom: Random;
  readonly #pickTask: () => number;
  #stopping = false;
  #wake: (() => void) | undefined;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
    this.#waitRandom = this.#stream('wait');
    this.#pickTask = createWeightedPicker(
      options.userClass.tasks.map((task) => task.weight),
      this.#stream('task'),
    );
  }

  /** A user that waits ends now; one that runs a task finishes it first. */
  stop(): void {
    this.#stopping = true;
    this.#wake?.();
  }

  async run(user: User): Promise<void> {
    const { environment, userClass, takeThrown, completedRequests } = this.#options;
    const { clock } = environment;
    const tasks = userClass.tasks.map(({ name }) => name);
    const methods = user as unknown as Readonly<Record<string, () => unknown>>;
    while (!this.#stopping) {
      const startUs = clock.nowUs();
      const completed = completedRequests();
      const name = tasks[this.#pickTask()] as string;
      let waits = true;
      try {
        await methods[name]?.();
      } catch (thrown) {
        waits = !(thrown instanceof RescheduleTask);
        if (takeThrown(name, thrown)) this.#stopping = true;
      }
      if (this.#stopping) return;
      const pause = waits ? this.#pauseAfter(user, (clock.nowUs() - startUs) / 1_000_000) : 0;
      if (pause > 0) await this.#wait(pause);
      // A task that made no request may never have given way to anybody else.
      else if (completed === completedRequests()) await this.#wait(0);
    }
  }

  #pauseAfter(user: User, iterationSeconds: number): number {
    try {
      return user.waitTime({ random: this.#waitRandom, iterationSeconds });
    } catch (thrown) {
      if (this.#options.takeThrown('waitTime', thrown)) this.#stopping = true;
      return 0;
    }
  }

  #wait(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.environment.clock.schedule(seconds * 1_000, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  #stream(purpose: string): Random {
    const { environment, userClass, ordinal } = this.#options;
    return createRandom(environment.seed, userClass.name, ordinal, purpose);
  }
}
