import { type ArrivalPlan, type ShapeContext, scenarioSeed } from '@loadts/core';
import type { MasterMessage } from '@loadts/protocol';
import { type ArrivalControl, createArrivalControl } from './arrival-control.ts';
import type { LoadSource } from './load-source.ts';
import type { ScenarioSettings } from './run-settings.ts';
import { Steering } from './steering.ts';

export interface ScenarioSteeringOptions {
  readonly index: number;
  readonly scenario: ScenarioSettings;
  readonly seed: number;
  readonly workerIds: readonly number[];
  readonly createLoad: (context: ShapeContext) => LoadSource;
  /** Since the run's time zero. */
  readonly elapsedUs: () => number;
  /** There is something new for every worker. */
  readonly announce: (messageFor: (workerId: number) => MasterMessage | undefined) => void;
}

export type ScenarioPhase = 'waiting' | 'running' | 'ended';

/** One scenario of a run: steers its users or its arrivals from its start to its end, on a time of its own. */
export class ScenarioSteering {
  readonly #options: ScenarioSteeringOptions;
  readonly steering: Steering | ArrivalControl;
  /** Where its iterations begin with arrivals. */
  readonly arrivals: ArrivalControl | undefined;
  #phase: ScenarioPhase = 'waiting';
  #endedUs: number | undefined;
  #peakUsers = 0;
  #isDismissed = false;

  constructor(options: ScenarioSteeringOptions) {
    const { scenario, seed, workerIds, createLoad, elapsedUs, announce } = options;
    this.#options = options;
    const steered = {
      workerIds,
      elapsedUs: () => elapsedUs() - this.startUs,
      announce: () => announce((workerId) => this.#messageFor(workerId)),
    };
    this.arrivals = createArrivalControl(describeArrivals(scenario, seed), steered);
    this.steering = this.arrivals ?? new Steering({ ...steered, classes: scenario.classes, createLoad });
  }

  get name(): string | undefined {
    return this.#options.scenario.name;
  }

  /** Since the run's time zero. */
  get startUs(): number {
    return Math.round(this.#options.scenario.startMs * 1_000);
  }

  /** Since the run's time zero; `Infinity` where nobody knows. */
  get endUs(): number {
    return Math.round((this.#options.scenario.endMs ?? Number.POSITIVE_INFINITY) * 1_000);
  }

  get phase(): ScenarioPhase {
    return this.#phase;
  }

  /** Whether it has yet to begin. */
  get isWaiting(): boolean {
    return this.#phase === 'waiting';
  }

  get hasEnded(): boolean {
    return this.#phase === 'ended';
  }

  /** When it did, since the run's time zero. */
  get endedUs(): number | undefined {
    return this.#endedUs;
  }

  /** Most users that were running at once, if all went to plan. */
  get peakUsers(): number {
    return this.#peakUsers;
  }

  /** Whether all users run that it wants now. */
  get isCarriedOut(): boolean {
    return this.#phase !== 'running' || this.steering.isCarriedOut;
  }

  /** Users wanted once the plan is carried out; the most that there may be where they come with arrivals. */
  get users(): number {
    return this.isWaiting || this.#isDismissed ? 0 : this.steering.users;
  }

  /** Users that run now if all goes to plan. */
  get plannedUsers(): number {
    return this.steering.plannedUsers;
  }

  /** Of what was announced last. */
  get generation(): number {
    return this.steering.generation;
  }

  /**
   * Begins, goes on or ends, as it is time to.
   * @returns the name of its stage, if it has one
   * @throws LoadtsError `SHAPE_FAILED`
   */
  steer(): string | undefined {
    const elapsedUs = this.#options.elapsedUs();
    if (this.isWaiting && elapsedUs >= this.startUs) this.#phase = 'running';
    if (this.#phase !== 'running') return undefined;
    const wanted = elapsedUs < this.endUs ? this.steering.steer() : undefined;
    this.#peakUsers = Math.max(this.#peakUsers, this.plannedUsers);
    if (wanted) return wanted.stage;
    this.#phase = 'ended';
    this.#endedUs = elapsedUs;
    return undefined;
  }

  /** Its users end, although the run goes on. */
  dismissUsers(): void {
    this.#isDismissed = true;
    this.steering.end();
  }

  /** No arrival comes from a little later on. @returns when, since the run's time zero; 0 where nobody waits for it */
  pause(): number {
    const pausedUs = this.arrivals?.pause() ?? 0;
    return this.arrivals && this.#phase === 'running' ? this.startUs + pausedUs : 0;
  }

  /**
   * The others take over what this one had.
   * @param isStarted whether the run's time zero is over
   * @param isSilent whether it may not have stopped yet
   */
  removeWorker(workerId: number, isStarted: boolean, isSilent: boolean): void {
    this.steering.removeWorker(workerId, isStarted && !this.isWaiting, isSilent);
  }

  /** It takes its share. */
  addWorker(workerId: number): void {
    this.steering.addWorker(workerId, !this.isWaiting);
  }

  #messageFor(workerId: number): MasterMessage | undefined {
    const message = this.steering.messageFor(workerId);
    return message && { ...message, scenario: this.#options.index };
  }
}

function describeArrivals(
  { name, arrivals, startMs, endMs }: ScenarioSettings,
  seed: number,
): { arrivals: ArrivalPlan | undefined; seed: number; runTimeMs: number | undefined } {
  const runTimeMs = endMs === undefined ? undefined : endMs - startMs;
  return { arrivals, seed: scenarioSeed(seed, name), runTimeMs };
}
