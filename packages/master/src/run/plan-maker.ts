import {
  type Assignment,
  applyMoves,
  type ClassSequence,
  type ClassSequences,
  distributeUsers,
  type Move,
  moveDueUs,
  movesDue,
  type SpawnRate,
  sum,
} from '@loadts/core';
import type { PlanMessage } from '@loadts/protocol';
import type { WantedLoad } from './load-source.ts';

/** Knows at every moment which users should run where, and puts each change into a plan. */
export class PlanMaker {
  readonly #sequences: ClassSequences;
  #workers: number[];
  #generation = 0;
  #startUs = 0;
  #users = 0;
  #spawnRate: SpawnRate = 'all';
  #classes: readonly number[] | null = null;
  #before: Assignment[];
  #moves: Move[] = [];
  #ordinals: number[];

  constructor(sequences: ClassSequences, classes: number, workers: readonly number[]) {
    this.#sequences = sequences;
    this.#workers = [...workers];
    this.#ordinals = Array.from({ length: classes }, () => 0);
    this.#before = workers.map(() => [...this.#ordinals]);
  }

  /** Counts the plans. */
  get generation(): number {
    return this.#generation;
  }

  /** Users wanted once the plan is carried out. */
  get users(): number {
    return this.#sequence().limit(this.#users);
  }

  /** A new plan where this differs from what was wanted before. @returns whether it does */
  change(wanted: WantedLoad, startUs: number): boolean {
    if (this.#generation > 0 && this.#isWanted(wanted)) return false;
    this.#rebase(startUs);
    this.#users = wanted.users;
    this.#spawnRate = wanted.spawnRate;
    this.#classes = wanted.classes ?? null;
    this.#redistribute();
    return true;
  }

  /** The other workers take over what this one had. */
  removeWorker(worker: number, startUs: number): void {
    const row = this.#workers.indexOf(worker);
    if (row < 0) return;
    this.#rebase(startUs);
    this.#workers.splice(row, 1);
    this.#before.splice(row, 1);
    this.#redistribute();
  }

  /** The worker takes its share of the users at the spawn rate: none of those runs that it may have had before. */
  addWorker(worker: number, startUs: number): void {
    this.#rebase(startUs);
    const others = this.#workers.map((id, row) => ({ id, row })).filter(({ id }) => id !== worker);
    this.#before = [...others.map(({ row }) => this.#before[row] as Assignment), this.#ordinals.map(() => 0)];
    this.#workers = [...others.map(({ id }) => id), worker];
    this.#redistribute();
  }

  messageFor(worker: number): Omit<PlanMessage, 'scenario'> {
    return {
      type: 'plan',
      generation: this.#generation,
      startUs: this.#startUs,
      spawnRate: this.#spawnRate,
      users: this.#users,
      classes: this.#classes,
      before: this.#before,
      row: this.#workers.indexOf(worker),
      ordinals: this.#ordinals,
    };
  }

  /** Users that run at this moment if all goes to plan. */
  plannedUsers(elapsedUs: number): number {
    const steps = Math.min(this.#moves.length, movesDue(elapsedUs - this.#startUs, this.#spawnRate));
    let users = sum(this.#before.map(sum));
    for (let i = 0; i < steps; i++) users += this.#moves[i]?.kind === 'start' ? 1 : -1;
    return users;
  }

  /** Whether no user runs and none is about to. */
  isIdle(elapsedUs: number): boolean {
    return this.isCarriedOut(elapsedUs) && this.plannedUsers(elapsedUs) === 0;
  }

  isCarriedOut(elapsedUs: number): boolean {
    if (this.#moves.length === 0) return elapsedUs >= this.#startUs;
    return elapsedUs >= this.#startUs + moveDueUs(this.#moves.length - 1, this.#spawnRate);
  }

  #isWanted({ users, spawnRate, classes }: WantedLoad): boolean {
    return (
      users === this.#users &&
      spawnRate === this.#spawnRate &&
      String(classes ?? null) === String(this.#classes)
    );
  }

  #sequence(): ClassSequence {
    return this.#sequences.of(this.#classes);
  }

  /** Moves the plan's start to this time, with what the old plan had achieved by then. */
  #rebase(startUs: number): void {
    const steps = Math.min(this.#moves.length, movesDue(startUs - this.#startUs, this.#spawnRate));
    this.#before = applyMoves(this.#before, this.#moves, steps);
    this.#ordinals = [...this.#ordinals];
    for (const { kind, classIndex } of this.#moves.slice(0, steps)) {
      if (kind === 'start') this.#ordinals[classIndex] = (this.#ordinals[classIndex] as number) + 1;
    }
    this.#startUs = startUs;
    this.#moves = [];
  }

  #redistribute(): void {
    this.#generation++;
    this.#moves = distributeUsers({ before: this.#before, users: this.#users, sequence: this.#sequence() });
  }
}
