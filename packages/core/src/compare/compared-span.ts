import type { SparseHistogram } from '../stats/sparse-histogram.ts';

/** What a comparison looks at in one run: its whole, and how it went second by second. */
export interface ComparedEntry {
  readonly requests: number;
  readonly failures: number;
  /** Length of what was measured, in seconds. */
  readonly seconds: number;
  readonly latency: SparseHistogram;
  /** Spans of equal length; empty where the result does not tell. */
  readonly spans: readonly ComparedSpan[];
}

export interface ComparedSpan {
  readonly requests: number;
  readonly failures: number;
  /** Known of all requests together. */
  readonly latency?: SparseHistogram;
  /** Known of single entries. */
  readonly percentilesMs?: Readonly<Record<SpanPercentile, number | null>>;
}

/** The percentiles that a result has of each entry and span. */
export const SPAN_PERCENTILES = [50, 95, 99] as const;
export type SpanPercentile = (typeof SPAN_PERCENTILES)[number];
