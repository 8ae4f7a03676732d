import { type ShapeContext, sum } from '@loadts/core';
import type { ArrivalControl } from './arrival-control.ts';
import type { LoadSource } from './load-source.ts';
import type { RunSettings } from './run-settings.ts';
import { type ScenarioPhase, ScenarioSteering, type ScenarioSteeringOptions } from './scenario-steering.ts';
import type { Steering } from './steering.ts';

export interface LoadControlOptions
  extends Pick<ScenarioSteeringOptions, 'workerIds' | 'elapsedUs' | 'announce'> {
  readonly settings: Pick<RunSettings, 'scenarios' | 'seed' | 'runTimeMs'>;
  /** @param scenario its index */
  readonly createLoad: (context: ShapeContext, scenario: number) => LoadSource;
}

/** How a scenario stands. */
export interface ScenarioStage {
  readonly scenario: string | undefined;
  /** Of its shape. */
  readonly stage: string | undefined;
  readonly phase: ScenarioPhase;
}

/** Steers all scenarios of a run, each for itself. The run has load until the last one has ended. */
export class LoadControl {
  /** In the order of the settings. */
  readonly scenarios: readonly ScenarioSteering[];
  readonly #runEndUs: number;
  readonly #elapsedUs: () => number;

  constructor({ settings, createLoad, ...options }: LoadControlOptions) {
    const { scenarios, seed, runTimeMs = Number.POSITIVE_INFINITY } = settings;
    this.#runEndUs = runTimeMs * 1_000;
    this.#elapsedUs = options.elapsedUs;
    this.scenarios = scenarios.map(
      (scenario, index) =>
        new ScenarioSteering({
          ...options,
          index,
          scenario,
          seed,
          createLoad: (context) => createLoad(context, index),
        }),
    );
  }

  /** Users wanted once the plans are carried out; the most that there may be where they come with arrivals. */
  get users(): number {
    return sum(this.scenarios.map(({ users }) => users));
  }

  /** Users that run now if all goes to plan. */
  get plannedUsers(): number {
    return sum(this.scenarios.map(({ plannedUsers }) => plannedUsers));
  }

  /** Grows with all that is announced. */
  get generation(): number {
    return sum(this.scenarios.map(({ generation }) => generation));
  }

  /** Whether a scenario has yet to begin. */
  get isAwaited(): boolean {
    return this.scenarios.some(({ isWaiting }) => isWaiting);
  }

  /** Whether all users run that the scenarios want which have begun. */
  get isCarriedOut(): boolean {
    const hasBegun = this.scenarios.some(({ isWaiting }) => !isWaiting);
    return hasBegun && this.scenarios.every(({ isCarriedOut }) => isCarriedOut);
  }

  /**
   * Asks each scenario what is wanted now. The users of one that ends are dismissed; with the last one the run ends.
   * @returns the stages that they are in; undefined where no load is left
   * @throws LoadtsError `SHAPE_FAILED`
   */
  steer(): readonly ScenarioStage[] | undefined {
    const going = this.scenarios.filter(({ hasEnded }) => !hasEnded);
    const stages = this.scenarios.map((scenario) => {
      const stage = scenario.steer();
      return { scenario: scenario.name, stage, phase: scenario.phase };
    });
    if (this.scenarios.every(({ hasEnded }) => hasEnded)) return undefined;
    for (const scenario of going) if (scenario.hasEnded) scenario.dismissUsers();
    return stages;
  }

  /** Why no load is left when that is so. */
  get whyEnded(): string {
    return this.only ? 'the shape has ended' : 'all scenarios have ended';
  }

  /** What steers the load of a script that names no scenarios. */
  get only(): Steering | ArrivalControl | undefined {
    const [first] = this.scenarios;
    return first?.name === undefined ? first?.steering : undefined;
  }

  /** No arrival comes from a little later on. @returns when the users have to rest, since time zero */
  pause(): number {
    const moments = this.scenarios.map((scenario) => scenario.pause());
    return Math.max(this.#elapsedUs(), ...moments);
  }

  /** Arrivals come again a little later. */
  resume(): void {
    for (const { arrivals } of this.scenarios) arrivals?.resume();
  }

  /** When something begins or ends next, in microseconds since time zero; `Infinity` where nothing does. */
  nextMomentUs(elapsedUs: number): number {
    const moments = this.scenarios.flatMap(({ startUs, endUs }) => [startUs, endUs]);
    return Math.min(
      ...[this.#runEndUs, ...moments].map((us) => (us > elapsedUs ? us : Number.POSITIVE_INFINITY)),
    );
  }

  /**
   * The others take over what this one had.
   * @param isStarted whether time zero is over
   * @param isSilent whether it may not have stopped yet
   */
  removeWorker(workerId: number, isStarted: boolean, isSilent: boolean): void {
    for (const scenario of this.scenarios) scenario.removeWorker(workerId, isStarted, isSilent);
  }

  /** It takes its share of each. */
  addWorker(workerId: number): void {
    for (const scenario of this.scenarios) scenario.addWorker(workerId);
  }
}
