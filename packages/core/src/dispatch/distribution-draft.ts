import { type Assignment, sum } from './assignment.ts';
import type { Move } from './move.ts';

/** A distribution that is being changed, with the moves made so far. */
export class DistributionDraft {
  readonly moves: Move[] = [];
  readonly #counts: number[][];
  readonly #totals: number[];

  constructor(before: readonly Assignment[]) {
    this.#counts = before.map((assignment) => [...assignment]);
    this.#totals = before.map(sum);
  }

  count(worker: number, classIndex: number): number {
    return this.#counts[worker]?.[classIndex] ?? 0;
  }

  total(worker: number): number {
    return this.#totals[worker] as number;
  }

  start(worker: number, classIndex: number): void {
    this.#add({ kind: 'start', worker, classIndex }, 1);
  }

  stop(worker: number, classIndex: number): void {
    this.#add({ kind: 'stop', worker, classIndex }, -1);
  }

  /** Moves one user, of the class that `from` has most ahead of `to`. */
  relocate(from: number, to: number): void {
    const lead = (this.#counts[from] as number[]).map((count, index) =>
      count > 0 ? count - this.count(to, index) : Number.NEGATIVE_INFINITY,
    );
    const classIndex = lead.indexOf(Math.max(...lead));
    this.stop(from, classIndex);
    this.start(to, classIndex);
  }

  /** Workers that have the fewest users. */
  emptiest(): number[] {
    return this.#workersWith(Math.min(...this.#totals));
  }

  /** Workers that have the most users. */
  fullest(): number[] {
    return this.#workersWith(Math.max(...this.#totals));
  }

  /** Workers with at least one user of the class. */
  holders(classIndex: number): number[] {
    return [...this.#counts.keys()].filter((worker) => this.count(worker, classIndex) > 0);
  }

  #workersWith(total: number): number[] {
    return [...this.#totals.keys()].filter((worker) => this.#totals[worker] === total);
  }

  #add(move: Move, by: 1 | -1): void {
    const row = this.#counts[move.worker] as number[];
    row[move.classIndex] = (row[move.classIndex] as number) + by;
    this.#totals[move.worker] = this.total(move.worker) + by;
    this.moves.push(move);
  }
}
