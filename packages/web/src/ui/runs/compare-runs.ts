import type { EntryView } from '@loadts/protocol';
import { keyOf, percentileOf } from '../../report/entry-figures.ts';

/** What of a result file the comparison needs. */
export interface ComparableResult {
  readonly entries: readonly EntryView[];
  readonly total: EntryView;
}

/** One entry in both runs; null where it was in one of them only. */
export interface ComparedEntry {
  readonly key: string;
  readonly method: string;
  readonly name: string;
  readonly before: ComparedFigures | null;
  readonly after: ComparedFigures | null;
}

export interface ComparedFigures {
  readonly requestsPerSecond: number;
  /** 0 to 1. */
  readonly failed: number;
  /** Null where no time was measured. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** All entries of both runs, those of the later one first; the last one is the total. */
export function compareRuns(before: ComparableResult, after: ComparableResult): ComparedEntry[] {
  const old = new Map(before.entries.map((entry) => [keyOf(entry), entry]));
  const known = new Set(after.entries.map(keyOf));
  const gone = before.entries.filter((entry) => !known.has(keyOf(entry)));
  return [
    ...after.entries.map((entry) => compare(old.get(keyOf(entry)), entry)),
    ...gone.map((entry) => compare(entry, undefined)),
    compare(before.total, after.total),
  ];
}

/** By how much something changed, as a share of what it was; undefined where that means nothing. */
export function changeOf(
  before: number | null | undefined,
  after: number | null | undefined,
): number | undefined {
  if (before === null || before === undefined || before === 0) return undefined;
  return after === null || after === undefined ? undefined : after / before - 1;
}

function compare(before: EntryView | undefined, after: EntryView | undefined): ComparedEntry {
  const entry = (after ?? before) as EntryView;
  return {
    key: keyOf(entry),
    method: entry.method,
    name: entry.name,
    before: before === undefined ? null : figuresOf(before),
    after: after === undefined ? null : figuresOf(after),
  };
}

function figuresOf(entry: EntryView): ComparedFigures {
  const time = (percentile: number): number | null =>
    entry.measured > 0 ? percentileOf(entry, percentile) : null;
  return {
    requestsPerSecond: entry.requestsPerSecond,
    failed: entry.requests > 0 ? entry.failures / entry.requests : 0,
    p50Ms: time(50),
    p95Ms: time(95),
    p99Ms: time(99),
  };
}
