import {
  countFailures,
  countRequests,
  EMPTY_HISTOGRAM,
  mergeSparse,
  type SecondDelta,
  SpanSeries,
  type SparseHistogram,
  sparsePercentileUs,
} from '@loadts/core';
import type { HistoryPoint } from '@loadts/protocol';

interface Part {
  readonly second: number;
  readonly users: number;
  readonly requests: number;
  readonly failures: number;
  /** Undefined where no scenario is an open one. */
  readonly dropped: number | undefined;
  readonly latency: SparseHistogram;
}

/** The points of the charts, second by second, at a bounded number. */
export class LivePoints {
  readonly #series = new SpanSeries<Part>({ merge: mergeParts });
  /** Spans that were told of, or changed, since they were last asked for. */
  readonly #changed = new Set<number>();
  #last = -1;

  get spanSeconds(): number {
    return this.#series.spanSeconds;
  }

  /** The newest second; -1 before the first. */
  get lastSecond(): number {
    return this.#last;
  }

  add({ second, users, entries, dropped }: SecondDelta, isLate: boolean): void {
    const widthBefore = this.spanSeconds;
    this.#series.add(second, {
      second,
      // What comes late adds requests, and what its worker had of users.
      users,
      requests: entries.reduce((sum, { counts }) => sum + countRequests(counts), 0),
      failures: entries.reduce((sum, { counts }) => sum + countFailures(counts), 0),
      dropped,
      latency: entries.reduce((merged, { latency }) => mergeSparse(merged, latency), EMPTY_HISTOGRAM),
    });
    if (this.spanSeconds !== widthBefore) this.#changed.clear();
    if (!isLate) this.#last = Math.max(this.#last, second);
    this.#changed.add(Math.floor(second / this.spanSeconds));
  }

  get newest(): HistoryPoint | null {
    return this.#last < 0 ? null : this.#pointAt(Math.floor(this.#last / this.spanSeconds));
  }

  /** What changed since the last call. */
  takeChanged(): HistoryPoint[] {
    const points = this.#pointsAt([...this.#changed].sort((a, b) => a - b));
    this.#changed.clear();
    return points;
  }

  /** @param second none before the next one; -1 for all */
  after(second: number): HistoryPoint[] {
    const spans = [...this.#series.points.keys()];
    return this.#pointsAt(spans.filter((span) => (span + 1) * this.spanSeconds > second + 1));
  }

  #pointsAt(spans: readonly number[]): HistoryPoint[] {
    return spans.flatMap((span) => this.#pointAt(span) ?? []);
  }

  #pointAt(span: number): HistoryPoint | null {
    const part = this.#series.points[span];
    if (!part) return null;
    const { users, requests, failures, dropped, latency } = part;
    const perSecond = (count: number): number => count / this.spanSeconds;
    const percentile = (rank: number): number | null =>
      latency.count === 0 ? null : sparsePercentileUs(latency, rank) / 1_000;
    return {
      second: span * this.spanSeconds,
      users,
      requests: perSecond(requests),
      failures: perSecond(failures),
      p50Ms: percentile(50),
      p95Ms: percentile(95),
      p99Ms: percentile(99),
      dropped: dropped === undefined ? null : perSecond(dropped),
    };
  }
}

function mergeParts(earlier: Part, later: Part): Part {
  const isSame = earlier.second === later.second;
  const hasDropped = earlier.dropped !== undefined || later.dropped !== undefined;
  return {
    second: Math.max(earlier.second, later.second),
    // Users add up over the workers, not over time.
    users: isSame ? earlier.users + later.users : earlier.second > later.second ? earlier.users : later.users,
    requests: earlier.requests + later.requests,
    failures: earlier.failures + later.failures,
    dropped: hasDropped ? (earlier.dropped ?? 0) + (later.dropped ?? 0) : undefined,
    latency: mergeSparse(earlier.latency, later.latency),
  };
}
