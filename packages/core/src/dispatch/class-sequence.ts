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
  readonly #classes: number[] = [];
  readonly #weighted: number[];

  constructor(classes: readonly ClassShare[]) {
    const free = classes.map((share) => (share.fixedCount > 0 ? 0 : share.weight));
    const total = free.reduce((sum, weight) => sum + weight, 0);
    this.#shares = free.map((weight) => (total > 0 ? weight / total : 0));
    this.#fixed = classes.map((share) => share.fixedCount);
    this.#weighted = classes.map(() => 0);
    this.#dealFixed();
  }

  /** The number of users that can be named: unlimited unless every class has a fixed count. */
  limit(users: number): number {
    return this.#shares.some((share) => share > 0) ? users : Math.min(users, this.#fixedTotal());
  }

  classOf(position: number): number {
    while (this.#classes.length <= position) this.#classes.push(this.#nextWeighted());
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

  #fixedTotal(): number {
    return this.#fixed.reduce((sum, count) => sum + count, 0);
  }

  #dealFixed(): void {
    const most = Math.max(0, ...this.#fixed);
    for (let round = 0; round < most; round++) {
      this.#fixed.forEach((count, index) => {
        if (round < count) this.#classes.push(index);
      });
    }
  }

  #nextWeighted(): number {
    const step = this.#classes.length - this.#fixedTotal();
    let chosen = -1;
    let earliest = Number.POSITIVE_INFINITY;
    this.#shares.forEach((share, index) => {
      const done = this.#weighted[index] as number;
      const released = share > 0 && done / share < step + 1 - EPSILON;
      const deadline = Math.ceil((done + 1) / share - EPSILON);
      if (released && deadline < earliest) {
        earliest = deadline;
        chosen = index;
      }
    });
    this.#weighted[chosen] = (this.#weighted[chosen] as number) + 1;
    return chosen;
  }
}
