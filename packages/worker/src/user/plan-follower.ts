import type { ClassSequences, Clock } from '@loadts/core';
import type { PlanMessage } from '@loadts/protocol';
import { Course } from './course.ts';
import type { UserPool } from './user-pool.ts';

export interface PlanFollowerOptions {
  readonly clock: Clock;
  /** The scenario's start on this process's clock. */
  readonly startUs: number;
  readonly sequences: ClassSequences;
  readonly pool: UserPool;
  /** Called with the users of the whole cluster when all moves of a plan were due. */
  readonly onRampEnd?: ((users: number) => void) | undefined;
}

/** Starts and stops this worker's users exactly when the plans say so. */
export class PlanFollower {
  readonly #options: PlanFollowerOptions;
  #generation = 0;
  #course: Course | undefined;
  /** Courses of plans that have not begun, by their start. */
  #next: Course[] = [];
  #cancel: () => void = () => {};

  constructor(options: PlanFollowerOptions) {
    this.#options = options;
  }

  /** Of the newest plan. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether moves are still to come. */
  get moving(): boolean {
    return this.#next.length > 0 || this.#course?.dueUs !== undefined;
  }

  /** From its start on, a plan replaces all that are older. */
  follow(plan: PlanMessage): void {
    if (plan.generation <= this.#generation) return;
    this.#generation = plan.generation;
    this.#next = this.#next.filter((course) => course.startUs < plan.startUs);
    this.#next.push(new Course(plan, this.#options));
    this.#wake();
  }

  stop(): void {
    this.#cancel();
    this.#next = [];
    this.#course = undefined;
  }

  #wake(): void {
    this.#cancel();
    const { clock, startUs } = this.#options;
    const elapsedUs = clock.nowUs() - startUs;
    while (this.#next[0] !== undefined && this.#next[0].startUs <= elapsedUs) {
      this.#course?.endAt(this.#next[0].startUs);
      this.#endRamp(this.#next[0].startUs);
      this.#course = this.#next.shift();
      this.#course?.begin();
    }
    this.#course?.advance(elapsedUs);
    this.#endRamp(elapsedUs);
    const wakeUs = Math.min(this.#courseWakeUs, this.#next[0]?.startUs ?? Infinity);
    if (wakeUs === Infinity) return;
    this.#cancel = clock.schedule((wakeUs - elapsedUs) / 1_000, () => this.#wake());
  }

  /** The end of the ramp counts where somebody wants to know. */
  get #courseWakeUs(): number {
    const rampEndUs = this.#options.onRampEnd && this.#course?.rampEndUs;
    return this.#course?.dueUs ?? rampEndUs ?? Infinity;
  }

  #endRamp(elapsedUs: number): void {
    const users = this.#course?.takeRampEnd(elapsedUs);
    if (users !== undefined) this.#options.onRampEnd?.(users);
  }
}
