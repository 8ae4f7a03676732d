import { describe, expect, it } from 'vitest';
import type { EntryDelta } from '../stats/run-statistics.ts';
import { histogramOf, okCounts } from '../stats/samples.case.ts';
import { EntryHistories } from './entry-histories.ts';

function entry(name: string, ...timesUs: readonly number[]): EntryDelta {
  return { key: { method: 'GET', name }, counts: okCounts(timesUs.length), latency: histogramOf(timesUs) };
}

/** About what so many points of one bucket take. */
const bytesFor = (points: number): number => points * 306;

describe('EntryHistories', () => {
  it('tells each entry second by second, the most requested first', () => {
    const entries = new EntryHistories();
    entries.add(0, [entry('/a', 100, 300), entry('/b', 500)]);
    entries.add(2, [{ ...entry('/b', 700, 900), counts: { ...okCounts(1), timeout: 1 } }]);
    expect(entries.toJson(4)).toEqual([
      {
        method: 'GET',
        name: '/b',
        spanSeconds: 1,
        requests: [1, 0, 2, 0],
        failures: [0, 0, 1, 0],
        p50Ms: [0.5, null, 0.7, null],
        p95Ms: [0.5, null, 0.9, null],
        p99Ms: [0.5, null, 0.9, null],
      },
      expect.objectContaining({ name: '/a', requests: [2, 0, 0, 0], p50Ms: [0.1, null, null, null] }),
    ]);
  });

  it('has exact percentiles of longer spans where memory gets scarce', () => {
    const entries = new EntryHistories(bytesFor(10));
    for (let second = 0; second < 10; second++) entries.add(second, [entry('/', 10 * (second + 1))]);
    entries.add(10, [entry('/', 200)]);
    const [series] = entries.toJson(11);
    expect(series).toMatchObject({ spanSeconds: 2, requests: [2, 2, 2, 2, 2, 1] });
    expect(series?.p50Ms).toEqual([0.01, 0.03, 0.05, 0.07, 0.09, 0.2]);
    expect(series?.p99Ms).toEqual([0.02, 0.04, 0.06, 0.08, 0.1, 0.2]);
  });

  it('gives up the least requested entries first, for good', () => {
    const entries = new EntryHistories(bytesFor(100));
    const often = Array.from({ length: 50 }, (_, i) => entry(`/often/${i}`, 10, 10));
    const rare = Array.from({ length: 50 }, (_, i) => entry(`/rare/${i}`, 10));
    entries.add(0, [...often, ...rare]);
    entries.add(1, [entry('/often/0', 10)]);
    entries.add(2, [entry('/rare/0', 10, 10, 10)]);
    const names = entries.toJson(3).map(({ name }) => name);
    expect(names).toHaveLength(50);
    expect(names.filter((name) => name.startsWith('/rare'))).toEqual([]);
    expect(entries.toJson(3)[0]).toMatchObject({ name: '/often/0', spanSeconds: 1, requests: [2, 1, 0] });
  });

  it('shows at most 50 entries', () => {
    const entries = new EntryHistories();
    entries.add(
      0,
      Array.from({ length: 60 }, (_, i) => entry(`/${i}`, 10)),
    );
    expect(entries.toJson(1)).toHaveLength(50);
  });
});
