import { ClassSequences, type ShapeContext, type SpawnRate } from '@loadts/core';
import type { PlanMessage, RunClass } from '@loadts/protocol';
import { createConstantLoad, type LoadSource, type WantedLoad } from './load-source.ts';
import { PlanMaker } from './plan-maker.ts';

export interface SteeringOptions {
  readonly classes: readonly RunClass[];
  readonly workerIds: readonly number[];
  readonly createLoad: (context: ShapeContext) => LoadSource;
  /** Since time zero: the scenario's start. */
  readonly elapsedUs: () => number;
  /** There is a new plan for every worker. */
  readonly announce: () => void;
}

const SECOND_US = 1_000_000;
/** A change of plan reaches every worker before it takes effect. */
const PLAN_LEAD_US = 50_000;
/** A worker counts its silence from the last heartbeat that it got, its master from what it last heard of the worker. */
const SILENT_LEAD_US = 1_000_000;

/** Turns the load that is wanted, second by second, into plans for the workers. */
export class Steering {
  readonly #options: SteeringOptions;
  readonly #planner: PlanMaker;
  #load: LoadSource;
  /** What the load was when it was last asked. */
  #wanted: WantedLoad | undefined;

  constructor(options: SteeringOptions) {
    const { classes, workerIds, createLoad, elapsedUs } = options;
    this.#options = options;
    this.#planner = new PlanMaker(new ClassSequences(classes), classes.length, workerIds);
    this.#load = createLoad({
      runTimeSeconds: () => elapsedUs() / SECOND_US,
      currentUserCount: () => this.plannedUsers,
    });
  }

  /** Users wanted once the plan is carried out. */
  get users(): number {
    return this.#planner.users;
  }

  /** What is asked for now. */
  get load(): { readonly users: number; readonly spawnRate: SpawnRate } {
    const { users = 0, spawnRate = 'all' } = this.#wanted ?? {};
    return { users, spawnRate };
  }

  /** This load is wanted from the next time on that it is asked. */
  change(load: WantedLoad): void {
    this.#load = createConstantLoad(load);
  }

  /** Of the latest plan. */
  get generation(): number {
    return this.#planner.generation;
  }

  /** Users that run now if all goes to plan. */
  get plannedUsers(): number {
    return this.#planner.plannedUsers(this.#options.elapsedUs());
  }

  get isCarriedOut(): boolean {
    return this.#planner.isCarriedOut(this.#options.elapsedUs());
  }

  /**
   * Asks what is wanted now, and plans it where it is something else.
   * @returns undefined at the load's end
   * @throws LoadtsError `SHAPE_FAILED`
   */
  steer(): WantedLoad | undefined {
    const { elapsedUs, announce } = this.#options;
    const nowUs = elapsedUs();
    const wanted = this.#load();
    if (!wanted) return undefined;
    this.#wanted = wanted;
    // Where nobody runs, nobody can be ahead of a plan that comes late.
    const startUs = this.#planner.isIdle(nowUs) ? nowUs : nowUs + PLAN_LEAD_US;
    if (this.#planner.change(wanted, startUs)) announce();
    return wanted;
  }

  /**
   * The others take over what this one had.
   * @param isStarted whether time zero is over
   * @param isSilent whether its users may be about to end, of themselves
   */
  removeWorker(workerId: number, isStarted: boolean, isSilent: boolean): void {
    const leadUs = isSilent ? SILENT_LEAD_US : PLAN_LEAD_US;
    this.#planner.removeWorker(workerId, isStarted ? this.#options.elapsedUs() + leadUs : 0);
    if (isStarted) this.#options.announce();
  }

  /** It takes its share of the users at the spawn rate. @param isStarted whether time zero is over */
  addWorker(workerId: number, isStarted: boolean): void {
    this.#planner.addWorker(workerId, isStarted ? this.#options.elapsedUs() + PLAN_LEAD_US : 0);
    if (isStarted) this.#options.announce();
  }

  /** All users end, as soon as they are done with what they are at. */
  end(): void {
    const { elapsedUs, announce } = this.#options;
    if (this.#planner.change({ users: 0, spawnRate: 'all' }, elapsedUs() + PLAN_LEAD_US)) announce();
  }

  messageFor(workerId: number): Omit<PlanMessage, 'scenario'> {
    return this.#planner.messageFor(workerId);
  }
}
