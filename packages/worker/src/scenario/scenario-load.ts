import { ClassSequences, scenarioSeed, type UserClass } from '@loadts/core';
import type {
  ArrivalRecord,
  ArrivalsMessage,
  PlanMessage,
  PrepareMessage,
  RunScenario,
} from '@loadts/protocol';
import { OpenLoad } from '../arrival/open-load.ts';
import { PlanFollower } from '../user/plan-follower.ts';
import type { UserEnvironment } from '../user/user-environment.ts';
import { UserPool } from '../user/user-pool.ts';

/** What the users of all scenarios share. */
export type SharedEnvironment = Omit<UserEnvironment, 'scenario' | 'desk'>;

export interface ScenarioLoadOptions {
  readonly index: number;
  readonly scenario: RunScenario;
  /** In the order of the scenario's class indexes. */
  readonly userClasses: readonly UserClass[];
  readonly run: Pick<PrepareMessage, 'seed' | 'workerIndex' | 'endUs'>;
  readonly environment: SharedEnvironment;
  /** No user is left here that may begin another iteration. */
  readonly onIdle: () => void;
  /** Called with the scenario's users in the whole cluster when all moves of a plan were due. */
  readonly onRampEnd: ((users: number) => void) | undefined;
}

/** This worker's part of one scenario: its users, and what they follow. */
export class ScenarioLoad {
  readonly #options: ScenarioLoadOptions;
  readonly #pool: UserPool;
  readonly #follower: PlanFollower;
  readonly #open: OpenLoad | undefined;
  #cancelEnd: () => void = () => {};

  constructor(options: ScenarioLoadOptions) {
    const { index, scenario, userClasses, environment, onIdle, onRampEnd } = options;
    const { classes } = scenario;
    const { clock, runStartUs } = environment;
    const startUs = runStartUs + scenario.startUs;
    this.#options = options;
    this.#open = scenario.open ? this.#createOpenLoad(startUs) : undefined;
    const own = { ...environment, scenario: index, desk: this.#open?.desk };
    this.#pool = new UserPool(userClasses, own, onIdle);
    this.#follower = new PlanFollower({
      clock,
      startUs,
      sequences: new ClassSequences(classes),
      pool: this.#pool,
      onRampEnd,
    });
    this.#endByItself();
  }

  get users(): number {
    return this.#pool.size;
  }

  /** Whether no user may begin another iteration. */
  get isIdle(): boolean {
    return this.#pool.isIdle;
  }

  /** Whether users are still to start or to end. */
  get moving(): boolean {
    return this.#follower.moving;
  }

  /** Of the newest plan, or of the newest arrivals. */
  get generation(): number {
    return (this.#open ?? this.#follower).generation;
  }

  /** Whether arrivals end with the run, and so soon that there is no need to be told. */
  get isEnding(): boolean {
    return this.#endsWithRun && this.#open?.isEnding === true;
  }

  follow(message: PlanMessage | ArrivalsMessage): void {
    if (message.type === 'plan') this.#follower.follow(message);
    else this.#open?.follow(message);
  }

  /** Users start and end as no plan says any more. */
  stopFollowing(): void {
    this.#cancelEnd();
    this.#follower.stop();
  }

  /** The arrivals that are due come, and no more. */
  async endArrivals(): Promise<void> {
    await this.#open?.end();
  }

  /** All users end; resolves when they have. After `timeoutMs` they are cut off. */
  drain(timeoutMs: number): Promise<void> {
    return this.#pool.drain(timeoutMs);
  }

  /** All users end, however long that takes them. */
  end(): Promise<void> {
    return this.#pool.end();
  }

  /** What became of its arrivals since the last call; none where this worker has no part in them. */
  takeArrivals(): ArrivalRecord[] {
    const counts = this.#open?.takeCounts();
    return counts ? [{ scenario: this.#options.index, ...counts }] : [];
  }

  #createOpenLoad(startUs: number): OpenLoad {
    const { scenario, run, environment } = this.#options;
    const { clock, recorder } = environment;
    return new OpenLoad({
      ...run,
      seed: scenarioSeed(run.seed, scenario.name ?? undefined),
      classes: scenario.classes,
      endUs: scenario.endUs === null ? null : scenario.endUs - scenario.startUs,
      clock,
      startUs,
      startUser: (classIndex, ordinal) => this.#pool.start(classIndex, ordinal),
      late: (byUs) => recorder.generatorDelay(byUs),
    });
  }

  get #endsWithRun(): boolean {
    return this.#options.scenario.endUs === this.#options.run.endUs;
  }

  /** Users that wait for arrivals of which no more come would never end: no plan speaks of them. */
  #endByItself(): void {
    const { scenario, environment } = this.#options;
    const { clock, runStartUs } = environment;
    if (!this.#open || scenario.endUs === null || this.#endsWithRun) return;
    const restUs = runStartUs + scenario.endUs - clock.nowUs();
    this.#cancelEnd = clock.schedule(Math.max(0, restUs / 1_000), () => {
      void this.endArrivals().then(() => this.end());
    });
  }
}
