import { addCounts, countEnded, createCounts, type EntryCounts, LatencyHistogram } from '@loadts/core';
import type { EntryTotals } from '@loadts/protocol';
import type { IntervalRecord } from './recorder.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';

/** A recorder together with all that it has sent. */
export class Recording {
  readonly intervals: IntervalRecord[] = [];
  readonly recorder: Recorder;
  #totals: EntryTotals[] | undefined;

  constructor(options: Partial<RecorderOptions> = {}) {
    this.recorder = new Recorder({
      startUs: 0,
      maxEntries: 1_000,
      countUsers: () => 0,
      ...options,
      onInterval: (interval) => this.intervals.push(interval),
    });
  }

  finish(): EntryTotals[] {
    this.#totals ??= this.recorder.finish();
    return this.#totals;
  }

  /** Counts by method and name, of all intervals; ends the recording. */
  counts(): Record<string, EntryCounts> {
    this.finish();
    const names = new Map(
      this.intervals
        .flatMap(({ newEntries }) => newEntries)
        .map(({ id, method, name }) => [id, `${method} ${name}`]),
    );
    const counts: Record<string, EntryCounts> = {};
    for (const { entryId, counts: added } of this.intervals.flatMap(({ statistics }) => statistics.entries)) {
      addCounts((counts[names.get(entryId) ?? '?'] ??= createCounts()), added);
    }
    return counts;
  }

  /** Counts of all entries that are not 0. */
  total(): Partial<EntryCounts> {
    const total = createCounts();
    for (const counts of Object.values(this.counts())) addCounts(total, counts);
    return Object.fromEntries(Object.entries(total).filter(([, count]) => count > 0));
  }

  /** Requests without an outcome. */
  unended(): number {
    return Object.values(this.counts()).reduce((sum, counts) => sum + counts.started - countEnded(counts), 0);
  }

  /** Why requests failed, and how often. */
  failures(): Record<string, number> {
    this.finish();
    const failures: Record<string, number> = {};
    for (const { reason, count } of this.intervals.flatMap((interval) => interval.failures)) {
      failures[reason] = (failures[reason] ?? 0) + count;
    }
    return failures;
  }

  /** What escaped users' code, and how often, by class, task and message. */
  exceptions(): Record<string, number> {
    this.finish();
    const exceptions: Record<string, number> = {};
    for (const { userClass, task, message, count } of this.intervals.flatMap(
      (interval) => interval.exceptions,
    )) {
      const kind = `${userClass}.${task}: ${message}`;
      exceptions[kind] = (exceptions[kind] ?? 0) + count;
    }
    return exceptions;
  }

  generatorDelay(): LatencyHistogram {
    this.finish();
    const merged = new LatencyHistogram();
    for (const { statistics } of this.intervals) merged.merge(statistics.generatorDelay);
    return merged;
  }
}
