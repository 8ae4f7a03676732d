import { type ClassSequences, distributeUsers, type Move, moveDueUs, movesDue, sum } from '@loadts/core';
import type { PlanMessage } from '@loadts/protocol';
import type { UserPool } from './user-pool.ts';

/** A move of this worker, with its place in the moves of the whole cluster. */
interface OwnMove {
  readonly position: number;
  readonly kind: 'start' | 'stop';
  readonly classIndex: number;
  readonly ordinal: number;
}

interface Ramp {
  readonly moves: number;
  /** Once all are made. */
  readonly users: number;
}

export interface CourseOptions {
  readonly sequences: ClassSequences;
  readonly pool: UserPool;
}

/** This worker's part of one plan. Times are microseconds since the run's start. */
export class Course {
  readonly #plan: PlanMessage;
  readonly #pool: UserPool;
  readonly #moves: readonly OwnMove[];
  /** Of the whole cluster. */
  readonly #ramp: Ramp;
  #rampEnded = false;
  #made = 0;
  /** Ordinals of the users that it stopped. */
  readonly #stopped: (number | undefined)[] = [];

  constructor(plan: PlanMessage, { sequences, pool }: CourseOptions) {
    this.#plan = plan;
    this.#pool = pool;
    const sequence = sequences.of(plan.classes);
    const moves = distributeUsers({ before: plan.before, users: plan.users, sequence });
    this.#moves = selectOwnMoves(plan, moves);
    this.#ramp = readRamp(plan, moves);
  }

  get startUs(): number {
    return this.#plan.startUs;
  }

  /** When the last move of the whole cluster is due; undefined where there is none, or once the end was taken. */
  get rampEndUs(): number | undefined {
    const { moves } = this.#ramp;
    if (this.#rampEnded || moves === 0) return undefined;
    return this.startUs + moveDueUs(moves - 1, this.#plan.spawnRate);
  }

  /** @returns the users of the whole cluster after the ramp, once and not before its end */
  takeRampEnd(elapsedUs: number): number | undefined {
    const { rampEndUs } = this;
    if (rampEndUs === undefined || rampEndUs > elapsedUs) return undefined;
    this.#rampEnded = true;
    return this.#ramp.users;
  }

  /** When the next move is due; undefined once all are made. */
  get dueUs(): number | undefined {
    const move = this.#moves[this.#made];
    return move && this.startUs + moveDueUs(move.position, this.#plan.spawnRate);
  }

  /** Users that should not be there end first: a plan before this one may never have come. */
  begin(): void {
    this.#plan.before[this.#plan.row]?.forEach((count, classIndex) => {
      while (this.#pool.countActive(classIndex) > count) this.#pool.stopNewest(classIndex);
    });
  }

  /** Makes every move that is due by then, and none that is not. */
  advance(elapsedUs: number): void {
    for (const due = this.#countDue(elapsedUs); ; this.#made++) {
      const move = this.#moves[this.#made];
      if (!move || move.position >= due) return;
      if (move.kind === 'start') this.#pool.start(move.classIndex, move.ordinal);
      else this.#stopped.push(this.#pool.stopNewest(move.classIndex));
    }
  }

  /** Gives way to a plan that begins then; if that came late, later moves are taken back. */
  endAt(elapsedUs: number): void {
    this.advance(elapsedUs);
    for (const due = this.#countDue(elapsedUs); ; this.#made--) {
      const move = this.#moves[this.#made - 1];
      if (!move || move.position < due) return;
      if (move.kind === 'start') this.#pool.stop(move.classIndex, move.ordinal);
      else this.#restart(move.classIndex, this.#stopped.pop());
    }
  }

  #restart(classIndex: number, ordinal: number | undefined): void {
    if (ordinal !== undefined) this.#pool.start(classIndex, ordinal);
  }

  #countDue(elapsedUs: number): number {
    return movesDue(elapsedUs - this.startUs, this.#plan.spawnRate);
  }
}

function readRamp(plan: PlanMessage, moves: readonly Move[]): Ramp {
  const starts = moves.filter(({ kind }) => kind === 'start').length;
  const users = sum(plan.before.map(sum)) + 2 * starts - moves.length;
  return { moves: moves.length, users };
}

function selectOwnMoves(plan: PlanMessage, moves: readonly Move[]): OwnMove[] {
  const ordinals = [...plan.ordinals];
  const own: OwnMove[] = [];
  moves.forEach((move, position) => {
    const { kind, classIndex } = move;
    const ordinal = ordinals[classIndex] ?? 0;
    if (kind === 'start') ordinals[classIndex] = ordinal + 1;
    if (move.worker === plan.row) own.push({ position, kind, classIndex, ordinal });
  });
  return own;
}
