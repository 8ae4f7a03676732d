import type { EntryView } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { changeOf, compareRuns } from './compare-runs.ts';

function entry(name: string, rest: Partial<EntryView> = {}): EntryView {
  return {
    method: 'GET',
    name,
    requests: 10,
    failures: 1,
    measured: 10,
    requestsPerSecond: 5,
    percentilesMs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ...rest,
  } as EntryView;
}

describe('a comparison of two runs', () => {
  it('has the entries of both, and the total last', () => {
    const before = { entries: [entry('/a'), entry('/gone')], total: entry('Aggregated') };
    const after = { entries: [entry('/new'), entry('/a', { failures: 5 })], total: entry('Aggregated') };
    const rows = compareRuns(before, after);
    expect(rows.map(({ name, before: old, after: now }) => [name, old?.failed, now?.failed])).toEqual([
      ['/new', undefined, 0.1],
      ['/a', 0.1, 0.5],
      ['/gone', 0.1, undefined],
      ['Aggregated', 0.1, 0.1],
    ]);
    expect(rows[1]?.after).toMatchObject({ p50Ms: 1, p95Ms: 6, p99Ms: 8 });
  });

  it('has no times where none was measured', () => {
    const run = { entries: [], total: entry('Aggregated', { measured: 0, requests: 0 }) };
    expect(compareRuns(run, run)[0]?.after).toMatchObject({ failed: 0, p95Ms: null });
  });

  it('has changes only where there is something to compare with', () => {
    expect(changeOf(100, 150)).toBe(0.5);
    expect([changeOf(0, 5), changeOf(null, 5), changeOf(5, null), changeOf(undefined, 5)]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
