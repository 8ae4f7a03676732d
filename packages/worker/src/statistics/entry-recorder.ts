import {
  createCounts,
  type EntryCounts,
  type EntryKey,
  IntervalHistogram,
  type StreamTime,
} from '@loadts/core';

/** What one entry measures in one interval after the other, and the totals that the snapshots must add up to. */
export interface EntryRecorder {
  readonly id: number;
  /** The index of its scenario. */
  readonly scenario: number;
  readonly key: EntryKey;
  counts: EntryCounts;
  readonly latency: IntervalHistogram;
  /** Made with the first service time. */
  service: IntervalHistogram | undefined;
  /** What its streams measure, made with the first of each. */
  readonly streamTimes: { [Time in StreamTime]?: EntryRecorder };
  /** Made with the first time to a first byte. */
  ttfb: IntervalHistogram | undefined;
  /** The interval of which it holds something that was not taken yet. */
  interval: number | undefined;
  readonly totals: { started: number; ended: number; measured: number; sumUs: number; checksum: number };
}

export function createEntryRecorder(id: number, scenario: number, key: EntryKey): EntryRecorder {
  return {
    id,
    scenario,
    key,
    counts: createCounts(),
    latency: new IntervalHistogram(),
    service: undefined,
    streamTimes: {},
    ttfb: undefined,
    interval: undefined,
    totals: { started: 0, ended: 0, measured: 0, sumUs: 0, checksum: 0 },
  };
}
