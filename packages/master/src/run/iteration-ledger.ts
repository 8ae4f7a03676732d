import { LoadtsError } from '@loadts/core';

/** A worker that is lost with its lease, or slow, shall not hold much of the budget. */
const MAX_LEASE = 10_000;

/**
 * A budget of iterations that the workers share: leased in chunks that shrink, so that all of them end together. An
 * iteration is leased once; only what a worker gives back is leased again.
 */
export class IterationLedger {
  readonly #grant: (workerId: number, count: number) => void;
  #left: number;
  /** Leased to each worker and not known to have begun. */
  readonly #outstanding: Map<number, number>;
  readonly #waiting = new Set<number>();
  /** Workers with users. */
  readonly #busy: Set<number>;
  #exhausted = false;

  /** @param grant tells a worker about a lease; one of 0 means that the budget is used up */
  constructor(
    iterations: number,
    workerIds: readonly number[],
    grant: (workerId: number, count: number) => void,
  ) {
    this.#left = iterations;
    this.#outstanding = new Map(workerIds.map((id) => [id, 0]));
    this.#busy = new Set(workerIds);
    this.#grant = grant;
  }

  /** Whether every iteration has begun, or was lost. */
  get exhausted(): boolean {
    return this.#exhausted;
  }

  /** Whether every iteration has ended, or was lost. */
  get finished(): boolean {
    return this.#exhausted && this.#busy.size === 0;
  }

  /** A worker takes part that was not there from the start. */
  addWorker(workerId: number): void {
    if (this.#exhausted) return this.#grant(workerId, 0);
    this.#outstanding.set(workerId, 0);
    this.#busy.add(workerId);
  }

  /** The worker has begun all that it had, and could use more. */
  request(workerId: number): void {
    this.#outstanding.set(workerId, 0);
    this.#waiting.add(workerId);
    this.#settle();
  }

  /** The worker has nobody who would run them. @throws LoadtsError `MESSAGE_INVALID` for more than it had. */
  giveBack(workerId: number, count: number): void {
    const leased = this.#outstanding.get(workerId) ?? 0;
    if (count > leased) {
      throw new LoadtsError('MESSAGE_INVALID', `the worker gave back ${count} of ${leased} iterations`);
    }
    this.#outstanding.set(workerId, 0);
    this.#left += count;
    this.#settle();
  }

  /** All users of the worker have ended, after it was told that nothing is left. */
  end(workerId: number): void {
    this.#busy.delete(workerId);
  }

  /** @returns the iterations that are lost with the worker, since nobody knows which of them it ran */
  lose(workerId: number): number {
    const lost = this.#outstanding.get(workerId) ?? 0;
    this.#outstanding.delete(workerId);
    this.#waiting.delete(workerId);
    this.#busy.delete(workerId);
    this.#settle();
    return lost;
  }

  #settle(): void {
    for (const workerId of this.#waiting) {
      if (this.#left === 0) break;
      const share = Math.ceil(this.#left / (2 * this.#outstanding.size));
      const count = Math.min(share, MAX_LEASE);
      this.#left -= count;
      this.#outstanding.set(workerId, count);
      this.#waiting.delete(workerId);
      this.#grant(workerId, count);
    }
    const isOpen = this.#left > 0 || [...this.#outstanding.values()].some((count) => count > 0);
    if (isOpen || this.#exhausted) return;
    this.#exhausted = true;
    for (const workerId of this.#outstanding.keys()) this.#grant(workerId, 0);
  }
}
