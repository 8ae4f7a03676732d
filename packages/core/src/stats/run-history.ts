import { countFailures, countRequests, type EntryCounts } from './outcome.ts';
import { EMPTY_HISTOGRAM, mergeSparse, type SparseHistogram } from './sparse-histogram.ts';

/** What happened in one second of the run, or in a few once the run is long. */
export interface HistoryPoint {
  /** Seconds since the run's start. */
  readonly startSecond: number;
  readonly spanSeconds: number;
  /** At the end of the second; their mean where several have become one. */
  readonly users: number;
  readonly started: number;
  readonly requests: number;
  readonly failures: number;
  readonly latency: SparseHistogram;
  /** Some of it is a share of what a worker could only send as the sum of several seconds. */
  readonly isSpread?: boolean;
}

/** Points kept; past them, two neighbours become one. An hour at full resolution. */
export const MAX_POINTS = 3_600;

/** The run second by second. Late data join the second that they belong to. */
export class RunHistory {
  #spanSeconds = 1;
  #points: HistoryPoint[] = [];

  get points(): readonly HistoryPoint[] {
    return this.#points;
  }

  /** @param users those of the worker that this comes from */
  add(interval: number, counts: Readonly<EntryCounts>, latency: SparseHistogram, users: number): void {
    while (interval >= MAX_POINTS * this.#spanSeconds) this.#halve();
    const index = Math.floor(interval / this.#spanSeconds);
    while (this.#points.length <= index) this.#points.push(this.#emptyPoint(this.#points.length));
    const point = this.#points[index] as HistoryPoint;
    this.#points[index] = {
      ...point,
      users: point.users + users / this.#spanSeconds,
      started: point.started + counts.started,
      requests: point.requests + countRequests(counts),
      failures: point.failures + countFailures(counts),
      latency: mergeSparse(point.latency, latency),
    };
  }

  /** Something that was added to this second was measured in it or near it: only a sum is known. */
  noteSpread(interval: number): void {
    const index = Math.floor(interval / this.#spanSeconds);
    const point = this.#points[index];
    if (point) this.#points[index] = { ...point, isSpread: true };
  }

  /**
   * The mean per second over about the last `seconds` before `elapsedSeconds`: whole points only, and without the
   * newest second, which may be incomplete.
   */
  recentRates(elapsedSeconds: number, seconds: number): { requests: number; failures: number } {
    const span = this.#spanSeconds;
    const end = Math.floor((Math.floor(elapsedSeconds) - 1) / span);
    const from = Math.max(0, end - Math.max(1, Math.round(seconds / span)));
    const points = this.#points.slice(from, Math.max(from, end));
    const covered = Math.max(1, end - from) * span;
    const rate = (field: 'requests' | 'failures'): number =>
      points.reduce((total, point) => total + point[field], 0) / covered;
    return { requests: rate('requests'), failures: rate('failures') };
  }

  #emptyPoint(index: number): HistoryPoint {
    const spanSeconds = this.#spanSeconds;
    return {
      startSecond: index * spanSeconds,
      spanSeconds,
      users: 0,
      started: 0,
      requests: 0,
      failures: 0,
      latency: EMPTY_HISTOGRAM,
    };
  }

  #halve(): void {
    this.#spanSeconds *= 2;
    const older = this.#points;
    this.#points = [];
    for (let i = 0; i < older.length; i += 2) {
      const [first, second] = [older[i] as HistoryPoint, older[i + 1] ?? this.#emptyPoint(0)];
      this.#points.push({
        startSecond: first.startSecond,
        spanSeconds: this.#spanSeconds,
        users: (first.users + second.users) / 2,
        started: first.started + second.started,
        requests: first.requests + second.requests,
        failures: first.failures + second.failures,
        latency: mergeSparse(first.latency, second.latency),
        ...((first.isSpread || second.isSpread) && { isSpread: true }),
      });
    }
  }
}
