import { sum, type UserClass } from '@loadts/core';
import type {
  ArrivalRecord,
  ArrivalsMessage,
  PlanMessage,
  PrepareMessage,
  RunScenario,
} from '@loadts/protocol';
import { ScenarioLoad, type SharedEnvironment } from './scenario-load.ts';

/** A scenario with those of the script's classes that take part in it. */
export interface PreparedScenario {
  readonly scenario: RunScenario;
  /** In the order of the scenario's class indexes. */
  readonly userClasses: readonly UserClass[];
}

export interface ScenarioLoadsOptions {
  readonly scenarios: readonly PreparedScenario[];
  readonly run: Pick<PrepareMessage, 'seed' | 'workerIndex' | 'endUs'>;
  readonly environment: SharedEnvironment;
  /** No user is left that may begin another iteration. */
  readonly onIdle: () => void;
  /** Called with a scenario's users in the whole cluster when all moves of a plan were due. */
  readonly onRampEnd: ((users: number) => void) | undefined;
}

/** This worker's part of all scenarios of a run. */
export class ScenarioLoads {
  readonly #loads: readonly ScenarioLoad[];

  constructor({ scenarios, onIdle, ...options }: ScenarioLoadsOptions) {
    this.#loads = scenarios.map(
      (prepared, index) =>
        new ScenarioLoad({
          ...options,
          ...prepared,
          index,
          onIdle: () => {
            if (this.isIdle) onIdle();
          },
        }),
    );
  }

  get users(): number {
    return sum(this.#loads.map(({ users }) => users));
  }

  /** Whether no user may begin another iteration. */
  get isIdle(): boolean {
    return this.#loads.every(({ isIdle }) => isIdle);
  }

  /** Whether users are still to start or to end. */
  get moving(): boolean {
    return this.#loads.some(({ moving }) => moving);
  }

  /** Grows with every plan, and with every change of arrivals. */
  get generation(): number {
    return sum(this.#loads.map(({ generation }) => generation));
  }

  /** Whether arrivals end with the run, and so soon that there is no need to be told. */
  get isEnding(): boolean {
    return this.#loads.some(({ isEnding }) => isEnding);
  }

  follow(message: PlanMessage | ArrivalsMessage): void {
    this.#loads[message.scenario]?.follow(message);
  }

  /** Users start and end as no plan says any more. */
  stopFollowing(): void {
    for (const load of this.#loads) load.stopFollowing();
  }

  /** The arrivals that are due come, and no more. */
  async endArrivals(): Promise<void> {
    await Promise.all(this.#loads.map((load) => load.endArrivals()));
  }

  /** All users end; resolves when they have. After `timeoutMs` they are cut off. */
  async drain(timeoutMs: number): Promise<void> {
    await Promise.all(this.#loads.map((load) => load.drain(timeoutMs)));
  }

  /** All users end, however long that takes them. */
  async end(): Promise<void> {
    await Promise.all(this.#loads.map((load) => load.end()));
  }

  /** What became of the arrivals since the last call. */
  takeArrivals(): ArrivalRecord[] {
    return this.#loads.flatMap((load) => load.takeArrivals());
  }
}
