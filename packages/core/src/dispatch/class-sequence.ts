import { WorkerSequence } from './worker-sequence.ts';

/** The share of one user class, as its script declares it. */
export interface ClassShare {
  readonly weight: number;
  readonly fixedCount: number;
}

// Weights are floats: a deadline this close to a whole step is that step.
const EPSILON = 1e-9;

/**
 * Which class the first, second, third ... user belongs to. Fixed counts come first, dealt in turn; then every
 * prefix holds each class within 1 of its quota. Earliest deadline first over the classes' windows, which is
 * optimal for unit jobs (Liu and Layland 1973; as Pfair scheduling, Baruah et al. 1996).
 */
export class ClassSequence {
  readonly #shares: readonly number[];
  readonly #fixed: readonly number[];
  readonly #fixedTotal: number;
  readonly #classes: number[] = [];
  /** Users of each class in `#classes`. */
  readonly #dealt: number[];
  #workers: WorkerSequence | undefined;

  constructor(classes: readonly ClassShare[]) {
    this.#shares = shareOut(classes.map(({ fixedCount, weight }) => (fixedCount > 0 ? 0 : weight)));
    this.#fixed = classes.map((share) => share.fixedCount);
    this.#fixedTotal = this.#fixed.reduce((total, count) => total + count, 0);
    this.#dealt = classes.map(() => 0);
  }

  /** The number of users that can be named: unlimited unless every class has a fixed count. */
  limit(users: number): number {
    return this.#shares.some((share) => share > 0) ? users : Math.min(users, this.#fixedTotal);
  }

  /** @param position 0-based, below `limit` */
  classOf(position: number): number {
    while (this.#classes.length <= position) this.#dealNext();
    return this.#classes[position] as number;
  }

  /** Users of each class among the first `users`. */
  counts(users: number): number[] {
    const counts = this.#fixed.map(() => 0);
    const limit = this.limit(users);
    for (let position = 0; position < limit; position++) {
      const index = this.classOf(position);
      counts[index] = (counts[index] as number) + 1;
    }
    return counts;
  }

  /** Where these users run on so many workers. Kept for the next call. */
  onWorkers(count: number): WorkerSequence {
    if (this.#workers?.count !== count) this.#workers = new WorkerSequence(count, this);
    return this.#workers;
  }

  #dealNext(): void {
    const position = this.#classes.length;
    const index =
      position < this.#fixedTotal ? this.#nextFixed() : this.#nextWeighted(position - this.#fixedTotal);
    this.#dealt[index] = (this.#dealt[index] as number) + 1;
    this.#classes.push(index);
  }

  #nextFixed(): number {
    let chosen = -1;
    let fewest = Number.POSITIVE_INFINITY;
    this.#fixed.forEach((count, index) => {
      const dealt = this.#dealt[index] as number;
      if (dealt < count && dealt < fewest) {
        fewest = dealt;
        chosen = index;
      }
    });
    return chosen;
  }

  #nextWeighted(step: number): number {
    let chosen = -1;
    let earliest = Number.POSITIVE_INFINITY;
    this.#shares.forEach((share, index) => {
      const dealt = this.#dealt[index] as number;
      const released = share > 0 && dealt / share < step + 1 - EPSILON;
      const deadline = Math.ceil((dealt + 1) / share - EPSILON);
      if (released && deadline < earliest) {
        earliest = deadline;
        chosen = index;
      }
    });
    return chosen;
  }
}

/** Parts of 1 in proportion to the weights; all 0 where no weight is above 0. */
function shareOut(weights: readonly number[]): number[] {
  // Against the largest, so that the sum of huge weights stays finite.
  const largest = Math.max(...weights);
  const relative = weights.map((weight) => (weight > 0 ? weight / largest : 0));
  const total = relative.reduce((sum, weight) => sum + weight, 0);
  return relative.map((weight) => (total > 0 ? weight / total : 0));
}
