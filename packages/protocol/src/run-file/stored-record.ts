import type { EntryKey, HistogramJson, RunRecord, RunStart, SecondDelta } from '@loadts/core';

/** An entry as a run file holds it. */
export interface StoredEntry {
  readonly key: EntryKey;
  /** In the order of `COUNT_FIELDS`. */
  readonly counts: readonly number[];
  readonly latency: HistogramJson;
  readonly service?: HistogramJson | undefined;
  readonly ttfb?: HistogramJson | undefined;
}

type Measured = 'entries' | 'aggregates' | 'generatorDelay';

/** A second as a run file holds it. */
export interface StoredSecond extends Omit<SecondDelta, Measured> {
  readonly entries: readonly StoredEntry[];
  readonly aggregates: readonly StoredEntry[];
  readonly generatorDelay: HistogramJson;
}

/** A record as a run file holds it. */
export type StoredRecord =
  | { readonly type: 'start'; readonly version: number; readonly start: RunStart }
  | { readonly type: 'interval'; readonly delta: StoredSecond }
  | { readonly type: 'health'; readonly values: readonly number[] }
  | Exclude<RunRecord, { readonly type: 'start' | 'interval' | 'health' }>;
