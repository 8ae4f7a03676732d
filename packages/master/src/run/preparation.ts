import { LoadtsError } from '@loadts/core';
import { createLatch } from './latch.ts';

/** Waits until every worker is prepared for the run, or one says that it cannot start. */
export class Preparation {
  readonly #waiting: Set<number>;
  readonly #ended = createLatch();
  #problem: LoadtsError | undefined;

  constructor(workerIds: readonly number[]) {
    this.#waiting = new Set(workerIds);
  }

  /** Opens when there is nothing more to wait for. */
  get ended(): Promise<void> {
    return this.#ended.opened;
  }

  /** Why the run cannot start. */
  get problem(): LoadtsError | undefined {
    return this.#problem;
  }

  /** A worker has answered: null where it is prepared. */
  take(workerId: number, problem: string | null): void {
    if (problem !== null) {
      this.#problem ??= new LoadtsError(
        'RUN_START_FAILED',
        `onRunStart() of the script failed on worker ${workerId}\n${problem}`,
      );
      this.#ended.open();
    }
    this.leave(workerId);
  }

  /** A worker is gone. */
  leave(workerId: number): void {
    this.#waiting.delete(workerId);
    if (this.#waiting.size === 0) this.#ended.open();
  }

  /** Nobody wants the run any more. */
  cancel(): void {
    this.#ended.open();
  }
}
