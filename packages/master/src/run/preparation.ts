import { LoadtsError } from '@loadts/core';
import type { FeederHeader } from '@loadts/protocol';
import type { WorkerLink } from '../worker/worker-link.ts';
import { createPrepareMessage, patienceMs } from './create-prepare-message.ts';
import { createLatch } from './latch.ts';
import type { RunSettings } from './run-settings.ts';

/** Tells the workers about the run and waits until every one is prepared, or one says that it cannot start. */
export class Preparation {
  readonly #workers: readonly WorkerLink[];
  readonly #settings: RunSettings;
  readonly #feeders: readonly FeederHeader[];
  readonly #waiting: Set<number>;
  readonly #ended = createLatch();
  #problem: LoadtsError | undefined;

  constructor(workers: readonly WorkerLink[], settings: RunSettings, feeders: readonly FeederHeader[]) {
    this.#workers = workers;
    this.#settings = settings;
    this.#feeders = feeders;
    this.#waiting = new Set(workers.map(({ id }) => id));
  }

  /** @returns why the run cannot start. Workers that are lost meanwhile are no reason. */
  async run(): Promise<LoadtsError | undefined> {
    this.#workers.forEach((link, workerIndex) => {
      this.#tell(link, workerIndex, this.#workers.length);
    });
    await this.#ended.opened;
    return this.#problem;
  }

  /** Tells a worker that comes later; its answer is not waited for here. */
  invite(link: WorkerLink, workerIndex: number, workers: number): void {
    this.#tell(link, workerIndex, workers);
  }

  #tell(link: WorkerLink, workerIndex: number, workers: number): void {
    link.patienceMs = patienceMs(this.#settings);
    link.send(createPrepareMessage(this.#settings, { workerIndex, workers, feeders: this.#feeders }));
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
