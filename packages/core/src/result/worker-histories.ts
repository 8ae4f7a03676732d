import type { WorkerHealth } from './run-record.ts';
import type { WorkerSeries } from './run-result.ts';
import { fillSpans, MAX_POINTS, SpanSeries } from './span-series.ts';

/** Over all workers, so that many of them take no more memory than a few. */
const MOST_POINTS = 360_000;
const LEAST_POINTS = 60;

/** How the workers of a run were, second by second; of longer spans, the worst second. */
export class WorkerHistories {
  readonly #maxPoints: number;
  readonly #workers = new Map<number, SpanSeries<WorkerHealth>>();

  /** @param workers how many are expected */
  constructor(workers: number) {
    const share = Math.floor(MOST_POINTS / Math.max(1, workers));
    this.#maxPoints = Math.max(LEAST_POINTS, Math.min(MAX_POINTS, share));
  }

  add(health: WorkerHealth): void {
    let series = this.#workers.get(health.workerId);
    if (!series) {
      series = new SpanSeries({ merge: mergeHealth, maxPoints: this.#maxPoints });
      this.#workers.set(health.workerId, series);
    }
    series.add(health.second, health);
  }

  /** @param seconds how long the run is */
  toJson(seconds: number): WorkerSeries[] {
    return [...this.#workers]
      .sort(([a], [b]) => a - b)
      .map(([workerId, series]) => {
        const points = fillSpans(series, seconds, null);
        const column = (read: (health: WorkerHealth) => number): (number | null)[] =>
          points.map((health) => health && read(health));
        return {
          workerId,
          spanSeconds: series.spanSeconds,
          users: column(({ users }) => users),
          loopDelayMs: column(({ loopDelayUs }) => loopDelayUs / 1_000),
          sendDelayMs: column(({ sendDelayUs }) => sendDelayUs / 1_000),
          utilization: column(({ utilization }) => utilization),
          cpu: column(({ cpu }) => cpu),
          collectingMs: column(({ collectingUs }) => collectingUs / 1_000),
          memoryMb: column(({ memoryBytes }) => memoryBytes / 2 ** 20),
        };
      });
  }
}

function mergeHealth(earlier: WorkerHealth, later: WorkerHealth): WorkerHealth {
  return {
    ...later,
    loopDelayUs: Math.max(earlier.loopDelayUs, later.loopDelayUs),
    sendDelayUs: Math.max(earlier.sendDelayUs, later.sendDelayUs),
    utilization: Math.max(earlier.utilization, later.utilization),
    cpu: Math.max(earlier.cpu, later.cpu),
    collectingUs: Math.max(earlier.collectingUs, later.collectingUs),
    memoryBytes: Math.max(earlier.memoryBytes, later.memoryBytes),
  };
}
