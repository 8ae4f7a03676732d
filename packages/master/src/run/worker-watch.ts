import { GeneratorHealth } from '@loadts/core';
import type { ProcessLoad } from '@loadts/protocol';
import type { WorkerPace } from '../statistics/collector.ts';
import type { WorkerPeak } from './describe-warnings.ts';

/** How busy the workers were while there was load. */
export class WorkerWatch {
  readonly #peaks = new Map<number, number>();
  readonly #health = new GeneratorHealth();

  note(workerId: number, { utilization, loopDelayUs }: ProcessLoad, pace: WorkerPace): void {
    this.#peaks.set(workerId, Math.max(this.#peaks.get(workerId) ?? 0, utilization));
    this.#health.note({ workerId, loopDelayUs, ...pace });
  }

  /** The busiest second of each. */
  get peaks(): WorkerPeak[] {
    return [...this.#peaks].map(([workerId, utilization]) => ({ workerId, utilization }));
  }

  /** One sentence for each that was the limit itself. */
  get overloads(): string[] {
    return this.#health.overloads;
  }
}
