import { createRandom, type User, type UserClass } from '@loadts/core';
import type { ArrivalSeat } from '../arrival/arrival-seat.ts';
import type { Emit } from '../events/create-emitter.ts';
import { createRequestEmitter, type EndedRequest } from '../events/request-emitter.ts';
import { UserHttpClient } from '../http/user-http-client.ts';
import { createTakeThrown, type TakeThrown } from './take-thrown.ts';
import { TaskRunner } from './task-runner.ts';
import type { UserEnvironment } from './user-environment.ts';
import { UserSamples } from './user-samples.ts';

const NO_CLIENTS: readonly UserHttpClient[] = [];

/** One user's life: `onStart`, then its tasks until it is told to end, then `onStop`. */
export class UserLoop {
  readonly ordinal: number;
  readonly #userClass: UserClass;
  readonly #environment: UserEnvironment;
  readonly #takeThrown: TakeThrown;
  readonly #runner: TaskRunner;
  /** Ends it, whatever its code still does. */
  #leave: (() => void) | undefined;
  clients: readonly UserHttpClient[] = NO_CLIENTS;
  readonly #emit: Emit<EndedRequest> | undefined;
  readonly #samples: UserSamples;
  /** Where iterations begin with arrivals. */
  readonly #seat: ArrivalSeat | undefined;

  /** @param classIndex the class's among those of the run */
  constructor(userClass: UserClass, ordinal: number, environment: UserEnvironment, classIndex = 0) {
    this.#userClass = userClass;
    this.#environment = environment;
    this.ordinal = ordinal;
    this.#takeThrown = createTakeThrown(environment, userClass.name, ordinal);
    this.#emit = createRequestEmitter(environment, {
      userClass: userClass.name,
      ordinal,
      tags: () => this.#runner.tags,
    });
    const { clock, recorder, countedErrors, desk, scenario } = environment;
    const seat = desk?.sit(classIndex);
    this.#seat = seat;
    this.#samples = new UserSamples({ clock, recorder, scenario, countedErrors, emit: this.#emit, seat });
    this.#runner = new TaskRunner({
      environment,
      userClass,
      ordinal,
      takeThrown: this.#takeThrown,
      holder: this,
      seat,
    });
  }

  /** Resolves when the user has ended, or was abandoned by `abort`. Never rejects. */
  run(): Promise<void> {
    return new Promise((resolve) => {
      this.#leave = () => {
        this.#cutOff();
        resolve();
      };
      void this.#live().then(this.#leave);
    });
  }

  /** A user that waits ends now; one that runs a task finishes it first. */
  stop(): void {
    this.#runner.stop();
  }

  /** Ends now: cuts off requests and leaves code that does not settle behind. */
  abort(): void {
    this.stop();
    this.#cutOff();
    // Two turns: calls that were cut off reject first, so that `onStop` and `finally` blocks get to run.
    setImmediate(() => setImmediate(() => this.#leave?.()));
  }

  #cutOff(): void {
    // All at once: what a cut-off request does to the measured work around it must not count any more.
    for (const client of this.clients) client.close();
    this.#samples.close();
    this.#seat?.close();
  }

  async #live(): Promise<void> {
    const user = this.#create();
    if (!user) return;
    if (await this.#guard('onStart', () => user.onStart())) await this.#runner.run(user);
    this.#runner.forgetTags();
    await this.#guard('onStop', () => user.onStop());
  }

  #create(): User | undefined {
    const { host, pools, clock, recorder, scenario, seed, data, args } = this.#environment;
    const userClass = this.#userClass;
    const ownHost = host ?? userClass.host;
    try {
      return new userClass.create({
        ordinal: this.ordinal,
        host: ownHost,
        random: createRandom(seed, userClass.name, this.ordinal, 'user'),
        data,
        args,
        createHttpClient: (settings) => {
          const client = new UserHttpClient({
            host: ownHost,
            settings,
            pools,
            clock,
            recorder,
            scenario,
            emit: this.#emit,
            seat: this.#seat,
          });
          this.clients = [...this.clients, client];
          return client;
        },
        measure: this.#samples.measure,
      });
    } catch (thrown) {
      this.#takeThrown('constructor', thrown);
      return undefined;
    }
  }

  async #guard(name: string, hook: () => unknown): Promise<boolean> {
    try {
      await hook();
      return true;
    } catch (thrown) {
      this.#takeThrown(name, thrown);
      return false;
    }
  }
}
