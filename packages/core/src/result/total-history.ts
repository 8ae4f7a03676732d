import { type DriftReport, reportDrift } from '../drift/drift-report.ts';
import { addCounts, countFailures, countRequests, createCounts } from '../stats/outcome.ts';
import type { SecondDelta } from '../stats/second-delta.ts';
import { EMPTY_HISTOGRAM, mergeSparse, type SparseHistogram } from '../stats/sparse-histogram.ts';
import { histogramToJson } from './histogram-json.ts';
import type { RunSeries } from './run-result.ts';
import { fillSpans, SpanSeries } from './span-series.ts';

interface TotalPoint {
  /** The last one that `users` were counted in. */
  readonly second: number;
  readonly users: number;
  readonly started: number;
  readonly requests: number;
  readonly failures: number;
  readonly dropped: number;
  readonly latency: SparseHistogram;
}

const NOTHING: TotalPoint = {
  second: 0,
  users: 0,
  started: 0,
  requests: 0,
  failures: 0,
  dropped: 0,
  latency: EMPTY_HISTOGRAM,
};

/** All requests of a run together, span by span. */
export class TotalHistory {
  readonly #series = new SpanSeries<TotalPoint>({ merge: mergePoints });
  #isOpen = false;
  #seconds = 0;
  #mostUsers = 0;

  /** Seconds that were told of. */
  get seconds(): number {
    return this.#seconds;
  }

  /** The most users at the end of a second. */
  get mostUsers(): number {
    return this.#mostUsers;
  }

  /** @param latency of all entries together */
  add({ second, users, entries, dropped }: SecondDelta, latency: SparseHistogram): void {
    const counts = createCounts();
    for (const entry of entries) addCounts(counts, entry.counts);
    this.#isOpen ||= dropped !== undefined;
    this.#seconds = Math.max(this.#seconds, second + 1);
    this.#mostUsers = Math.max(this.#mostUsers, users);
    this.#series.add(second, {
      second,
      users,
      started: counts.started,
      requests: countRequests(counts),
      failures: countFailures(counts),
      dropped: dropped ?? 0,
      latency,
    });
  }

  /** How the last third of the steady state differs from the first. A rate may have been meant to change: nothing then. */
  drift(fromSecond: number, endSecond: number): DriftReport | undefined {
    if (this.#isOpen) return undefined;
    const { spanSeconds } = this.#series;
    const points = fillSpans(this.#series, this.#seconds, NOTHING).map((point, i) => {
      return { ...point, startSecond: i * spanSeconds, spanSeconds };
    });
    return reportDrift(points, { fromSecond, endSecond, isOpen: false });
  }

  toJson(): Omit<RunSeries, 'entries'> {
    const points = fillSpans(this.#series, this.#seconds, NOTHING);
    return {
      spanSeconds: this.#series.spanSeconds,
      users: points.map(({ users }) => users),
      started: points.map(({ started }) => started),
      requests: points.map(({ requests }) => requests),
      failures: points.map(({ failures }) => failures),
      dropped: this.#isOpen ? points.map(({ dropped }) => dropped) : [],
      latency: points.map(({ latency }) => histogramToJson(latency)),
    };
  }
}

function mergePoints(earlier: TotalPoint, later: TotalPoint): TotalPoint {
  return {
    ...mergeUsers(earlier, later),
    started: earlier.started + later.started,
    requests: earlier.requests + later.requests,
    failures: earlier.failures + later.failures,
    dropped: earlier.dropped + later.dropped,
    latency: mergeSparse(earlier.latency, later.latency),
  };
}

/** Users add up over the workers, not over time. */
function mergeUsers(a: TotalPoint, b: TotalPoint): Pick<TotalPoint, 'second' | 'users'> {
  if (a.second === b.second) return { second: a.second, users: a.users + b.users };
  const { second, users } = a.second > b.second ? a : b;
  return { second, users };
}
