import { createCounts, type EntryCounts, type EntryKey, IntervalHistogram } from '@loadts/core';

/** What one entry measures in the current interval, and the totals that the snapshots must add up to. */
export interface EntryRecorder {
  readonly id: number;
  readonly key: EntryKey;
  counts: EntryCounts;
  readonly latency: IntervalHistogram;
  /** Whether it is on the list of this interval. */
  touched: boolean;
  readonly totals: { started: number; ended: number; measured: number; sumUs: number; checksum: number };
}

export function createEntryRecorder(id: number, key: EntryKey): EntryRecorder {
  return {
    id,
    key,
    counts: createCounts(),
    latency: new IntervalHistogram(),
    touched: false,
    totals: { started: 0, ended: 0, measured: 0, sumUs: 0, checksum: 0 },
  };
}
