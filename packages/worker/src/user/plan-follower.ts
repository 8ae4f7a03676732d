import {
  type ClassSequence,
  type Clock,
  distributeUsers,
  moveDueUs,
  movesDue,
  type SpawnRate,
} from '@loadts/core';
import type { PlanMessage } from '@loadts/protocol';
import type { UserPool } from './user-pool.ts';

/** A move of this worker, with its place in the moves of the whole cluster. */
interface OwnMove {
  readonly position: number;
  readonly kind: 'start' | 'stop';
  readonly classIndex: number;
  readonly ordinal: number;
}

interface Course {
  readonly startUs: number;
  readonly spawnRate: SpawnRate;
  readonly moves: readonly OwnMove[];
}

export interface PlanFollowerOptions {
  readonly clock: Clock;
  /** Run time zero on this process's clock. */
  readonly startUs: number;
  readonly sequence: ClassSequence;
  readonly pool: UserPool;
}

/** Starts and stops this worker's users when the newest plan says so. */
export class PlanFollower {
  readonly #options: PlanFollowerOptions;
  #generation = 0;
  #course: Course = { startUs: 0, spawnRate: 'all', moves: [] };
  #next = 0;
  #cancel: () => void = () => {};

  constructor(options: PlanFollowerOptions) {
    this.#options = options;
  }

  /** Whether moves of the plan are still to come. */
  get moving(): boolean {
    return this.#next < this.#course.moves.length;
  }

  /** Older plans than the newest are ignored. */
  follow(plan: PlanMessage): void {
    if (plan.generation <= this.#generation) return;
    this.#generation = plan.generation;
    this.#advance(plan.startUs);
    this.#align(plan);
    this.#course = {
      startUs: plan.startUs,
      spawnRate: plan.spawnRate,
      moves: selectOwnMoves(plan, this.#options.sequence),
    };
    this.#next = 0;
    this.#wake();
  }

  stop(): void {
    this.#cancel();
    this.#next = this.#course.moves.length;
  }

  #wake(): void {
    this.#cancel();
    const { clock, startUs } = this.#options;
    this.#advance(clock.nowUs() - startUs);
    const move = this.#course.moves[this.#next];
    if (!move) return;
    const dueUs = startUs + this.#course.startUs + moveDueUs(move.position, this.#course.spawnRate);
    const delayMs = Math.max(0, (dueUs - clock.nowUs()) / 1_000);
    this.#cancel = clock.schedule(delayMs, () => this.#wake());
  }

  /** Makes every move that is due at this time of the run, and none that is not. */
  #advance(elapsedUs: number): void {
    const { pool } = this.#options;
    const { startUs, spawnRate, moves } = this.#course;
    const due = movesDue(elapsedUs - startUs, spawnRate);
    for (;;) {
      const move = moves[this.#next];
      if (!move || move.position >= due) return;
      this.#next++;
      if (move.kind === 'start') pool.start(move.classIndex, move.ordinal);
      else pool.stopNewest(move.classIndex);
    }
  }

  /** A plan that came late may find users beyond it. */
  #align({ before, row }: PlanMessage): void {
    before[row]?.forEach((count, classIndex) => {
      while (this.#options.pool.countActive(classIndex) > count) this.#options.pool.stopNewest(classIndex);
    });
  }
}

function selectOwnMoves(plan: PlanMessage, sequence: ClassSequence): OwnMove[] {
  const ordinals = [...plan.ordinals];
  const own: OwnMove[] = [];
  distributeUsers({ before: plan.before, users: plan.users, sequence }).forEach((move, position) => {
    const { kind, classIndex } = move;
    const ordinal = ordinals[classIndex] ?? 0;
    if (kind === 'start') ordinals[classIndex] = ordinal + 1;
    if (move.worker === plan.row) own.push({ position, kind, classIndex, ordinal });
  });
  return own;
}
