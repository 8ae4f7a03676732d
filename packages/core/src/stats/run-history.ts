import { IntervalHistogram } from './interval-histogram.ts';
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

/** Points to which something is added all the time: each worker adds to each of them. */
const BUSY_POINTS = 4;

/** The run second by second. Late data join the second that they belong to. */
export class RunHistory {
  #spanSeconds = 1;
  #points: HistoryPoint[] = [];
  /** What was added to the newest points and is not in them yet: to merge sparse histograms each time costs too much. */
  readonly #busy: readonly IntervalHistogram[] = Array.from(
    { length: BUSY_POINTS },
    () => new IntervalHistogram(),
  );

  get points(): readonly HistoryPoint[] {
    this.#settle(this.#points.length - BUSY_POINTS, this.#points.length);
    return this.#points;
  }

  /** @param users those of the worker that this comes from */
  add(interval: number, counts: Readonly<EntryCounts>, latency: SparseHistogram, users: number): void {
    while (interval >= MAX_POINTS * this.#spanSeconds) this.#halve();
    const index = Math.floor(interval / this.#spanSeconds);
    while (this.#points.length <= index) this.#addPoint();
    const isBusy = index >= this.#points.length - BUSY_POINTS;
    if (isBusy) this.#busyAt(index).merge(latency);
    const point = this.#points[index] as HistoryPoint;
    this.#points[index] = {
      ...point,
      users: point.users + users / this.#spanSeconds,
      started: point.started + counts.started,
      requests: point.requests + countRequests(counts),
      failures: point.failures + countFailures(counts),
      latency: isBusy ? point.latency : mergeSparse(point.latency, latency),
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

  #busyAt(index: number): IntervalHistogram {
    return this.#busy[index % BUSY_POINTS] as IntervalHistogram;
  }

  #addPoint(): void {
    const index = this.#points.length;
    // The place of the one that is not among the newest any more.
    this.#settle(index - BUSY_POINTS, index - BUSY_POINTS + 1);
    this.#points.push(this.#emptyPoint(index));
  }

  #settle(from: number, to: number): void {
    for (let index = Math.max(0, from); index < to; index++) {
      const point = this.#points[index] as HistoryPoint;
      this.#points[index] = { ...point, latency: mergeSparse(point.latency, this.#busyAt(index).take()) };
    }
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
    const older = this.points;
    this.#spanSeconds *= 2;
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
