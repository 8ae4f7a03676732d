import { countFailures, countRequests } from '../stats/outcome.ts';
import { type EntryDelta, type EntryKey, entryId } from '../stats/run-statistics.ts';
import {
  EMPTY_HISTOGRAM,
  mergeSparse,
  type SparseHistogram,
  sparsePercentileUs,
} from '../stats/sparse-histogram.ts';
import type { EntrySeries } from './run-result.ts';
import { fillSpans, SpanSeries } from './span-series.ts';

interface EntryPoint {
  readonly requests: number;
  readonly failures: number;
  readonly latency: SparseHistogram;
}

interface EntryHistory {
  readonly key: EntryKey;
  readonly series: SpanSeries<EntryPoint>;
  requests: number;
}

const NOTHING: EntryPoint = { requests: 0, failures: 0, latency: EMPTY_HISTOGRAM };
/** Entries that have a series in a result. */
const MOST_SHOWN = 50;
const DEFAULT_BUDGET_BYTES = 48 * 2 ** 20;
/** About what a point takes without its buckets, and each bucket. */
const POINT_BYTES = 300;
const BUCKET_BYTES = 6;
/** What is left of the budget after a cut, so that the next one is not due at once. */
const REST = 0.75;

/**
 * The entries of a run, each second by second. Histograms are kept, so that percentiles of longer spans are exact. Where
 * they take too much memory, the least requested entries go first, then spans get longer.
 */
export class EntryHistories {
  readonly #budgetBytes: number;
  readonly #entries = new Map<string, EntryHistory>();
  /** What is gone stays gone: a series with a hole would be wrong. */
  readonly #given = new Set<string>();
  /** At most so many. */
  #bytes = 0;

  constructor(budgetBytes: number = DEFAULT_BUDGET_BYTES) {
    this.#budgetBytes = budgetBytes;
  }

  add(second: number, deltas: readonly EntryDelta[]): void {
    for (const { key, counts, latency } of deltas) {
      const entry = this.#find(key);
      if (!entry) continue;
      const requests = countRequests(counts);
      const point = { requests, failures: countFailures(counts), latency };
      entry.requests += requests;
      entry.series.add(second, point);
      this.#bytes += bytesOf(point);
    }
    if (this.#bytes > this.#budgetBytes) this.#shrink();
  }

  /** The most requested first. @param seconds how long the run is */
  toJson(seconds: number): EntrySeries[] {
    return this.#byRequests()
      .slice(0, MOST_SHOWN)
      .map((entry) => describeEntry(entry, seconds));
  }

  #find(key: EntryKey): EntryHistory | undefined {
    const id = entryId(key);
    if (this.#given.has(id)) return undefined;
    let entry = this.#entries.get(id);
    if (!entry) {
      entry = { key, series: new SpanSeries({ merge: mergePoints }), requests: 0 };
      this.#entries.set(id, entry);
    }
    return entry;
  }

  #byRequests(): EntryHistory[] {
    return [...this.#entries.values()].sort((a, b) => b.requests - a.requests);
  }

  #shrink(): void {
    this.#bytes = this.#measure();
    while (this.#bytes > REST * this.#budgetBytes) {
      if (this.#entries.size > MOST_SHOWN) this.#drop(Math.max(MOST_SHOWN, this.#entries.size >>> 1));
      else for (const { series } of this.#entries.values()) series.widen();
      const before = this.#bytes;
      this.#bytes = this.#measure();
      if (this.#bytes === before) return;
    }
  }

  #drop(kept: number): void {
    for (const { key } of this.#byRequests().slice(kept)) {
      this.#entries.delete(entryId(key));
      this.#given.add(entryId(key));
    }
  }

  #measure(): number {
    let bytes = 0;
    for (const { series } of this.#entries.values()) {
      for (const point of series.points) if (point) bytes += bytesOf(point);
    }
    return bytes;
  }
}

function bytesOf({ latency }: EntryPoint): number {
  return POINT_BYTES + BUCKET_BYTES * latency.indexes.length;
}

function mergePoints(a: EntryPoint, b: EntryPoint): EntryPoint {
  return {
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    latency: mergeSparse(a.latency, b.latency),
  };
}

function describeEntry({ key, series }: EntryHistory, seconds: number): EntrySeries {
  const points = fillSpans(series, seconds, NOTHING);
  const percentile = (wanted: number): (number | null)[] =>
    points.map(({ latency }) => (latency.count === 0 ? null : sparsePercentileUs(latency, wanted) / 1_000));
  return {
    ...key,
    spanSeconds: series.spanSeconds,
    requests: points.map(({ requests }) => requests),
    failures: points.map(({ failures }) => failures),
    p50Ms: percentile(50),
    p95Ms: percentile(95),
    p99Ms: percentile(99),
  };
}
