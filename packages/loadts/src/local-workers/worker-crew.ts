import type { ChildProcess } from 'node:child_process';
import { forkWorker } from './fork-worker.ts';

/** Worker processes that wait for their order. */
export class WorkerCrew {
  readonly #waiting: ChildProcess[];

  constructor(count: number) {
    this.#waiting = Array.from({ length: count }, forkWorker);
  }

  /** So many of them, and new ones where there are fewer. The others end. */
  take(count: number): ChildProcess[] {
    const taken = this.#waiting.splice(0, count);
    this.dismiss();
    while (taken.length < count) taken.push(forkWorker());
    return taken;
  }

  /** Those that nobody has taken end. */
  dismiss(): void {
    for (const child of this.#waiting.splice(0)) child.kill('SIGKILL');
  }
}
