import { describe, expect, it } from 'vitest';
import { fromPoints } from '../live/point-columns.ts';
import { createSeries } from './chart-series.ts';

const POINT = { second: 0, users: 1, requests: 5, failures: 2, p50Ms: 1, p95Ms: 2, p99Ms: 3 };

describe('the lines of the charts', () => {
  it('are those of the points', () => {
    const { times, latency, failures } = createSeries(fromPoints([{ ...POINT, dropped: null }]));
    expect(times).toEqual([0]);
    expect(latency.map(({ label, values }) => [label, values])).toEqual([
      ['p50', [1]],
      ['p95', [2]],
      ['p99', [3]],
    ]);
    expect(failures.map(({ label }) => label)).toEqual(['failed']);
  });

  it('have dropped arrivals where there are arrivals', () => {
    const { failures } = createSeries(fromPoints([{ ...POINT, dropped: 0 }]));
    expect(failures.map(({ label }) => label)).toEqual(['failed', 'arrivals dropped']);
  });
});
