import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFailures, countRequests } from './outcome.ts';
import { MAX_POINTS, RunHistory } from './run-history.ts';
import { entryCounts, histogramOf, okCounts, timesUs } from './samples.case.ts';
import { EMPTY_HISTOGRAM, mergeSparse } from './sparse-histogram.ts';

function addSeconds(history: RunHistory, seconds: number): void {
  for (let second = 0; second < seconds; second++) history.add(second, okCounts(1), EMPTY_HISTOGRAM, 0);
}

describe('RunHistory', () => {
  it('has a point for every second, also for those in which nothing happened', () => {
    const history = new RunHistory();
    history.add(2, { ...okCounts(3), httpError: 1 }, histogramOf([5]), 8);
    expect(history.points.map(({ startSecond, requests }) => [startSecond, requests])).toEqual([
      [0, 0],
      [1, 0],
      [2, 4],
    ]);
    expect(history.points[2]).toEqual({
      startSecond: 2,
      spanSeconds: 1,
      users: 8,
      started: 3,
      requests: 4,
      failures: 1,
      latency: histogramOf([5]),
    });
  });

  it('joins late data with the second that they belong to', () => {
    const history = new RunHistory();
    history.add(5, okCounts(1), histogramOf([10]), 0);
    history.add(1, okCounts(2), histogramOf([20]), 4);
    history.add(1, okCounts(3), histogramOf([30]), 5);
    expect(history.points[1]).toMatchObject({ users: 9, requests: 5, latency: histogramOf([20, 30]) });
    expect(history.points).toHaveLength(6);
  });

  it('keeps the times of each second apart, also of those that many workers add to', () => {
    const history = new RunHistory();
    for (let second = 0; second < 20; second++) {
      for (const late of [0, 1, 2]) {
        const index = Math.max(0, second - late);
        history.add(index, okCounts(1), histogramOf([index + 1]), 0);
      }
    }
    expect(history.points.map(({ latency }) => [latency.minUs, latency.maxUs])).toEqual(
      Array.from({ length: 20 }, (_, second) => [second + 1, second + 1]),
    );
  });

  it('keeps an hour at full resolution, then halves', () => {
    const history = new RunHistory();
    addSeconds(history, MAX_POINTS);
    expect(history.points).toHaveLength(MAX_POINTS);
    expect(history.points.at(-1)).toMatchObject({ startSecond: 3_599, spanSeconds: 1 });
    history.add(MAX_POINTS, okCounts(1), EMPTY_HISTOGRAM, 6);
    expect(history.points).toHaveLength(MAX_POINTS / 2 + 1);
    expect(history.points[0]).toMatchObject({ startSecond: 0, spanSeconds: 2, requests: 2 });
    expect(history.points.at(-1)).toMatchObject({
      startSecond: 3_600,
      spanSeconds: 2,
      users: 3,
      requests: 1,
    });
  });

  it('keeps all sums and times, however late the data and long the run', () => {
    const delta = fc.record({
      interval: fc.oneof(fc.nat(12), fc.nat(5_000), fc.nat(40_000)),
      counts: entryCounts,
      latency: timesUs.map(histogramOf),
    });
    fc.assert(
      fc.property(fc.array(delta, { minLength: 1, maxLength: 30 }), (deltas) => {
        const history = new RunHistory();
        for (const [i, { interval, counts, latency }] of deltas.entries()) {
          history.add(interval, counts, latency, 0);
          if (i % 5 === 0) expect(history.points.length).toBeGreaterThan(0);
        }
        const { points } = history;
        const total = (field: 'started' | 'requests' | 'failures'): number =>
          points.reduce((sum, point) => sum + point[field], 0);
        const expected = (read: (counts: (typeof deltas)[number]['counts']) => number): number =>
          deltas.reduce((sum, { counts }) => sum + read(counts), 0);
        expect(points.length).toBeLessThanOrEqual(MAX_POINTS);
        expect(total('started')).toBe(expected((counts) => counts.started));
        expect(total('requests')).toBe(expected(countRequests));
        expect(total('failures')).toBe(expected(countFailures));
        expect(points.map((point) => point.latency).reduce(mergeSparse)).toEqual(
          deltas.map((one) => one.latency).reduce(mergeSparse),
        );
        const span = points[0]?.spanSeconds ?? 1;
        expect(points.every((point, index) => point.startSecond === index * span)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('recentRates', () => {
  it('is the mean of the last seconds without the newest', () => {
    const history = new RunHistory();
    [9, 1, 2, 3, 100].forEach((ok, second) => {
      history.add(second, { ...okCounts(ok), timeout: second }, EMPTY_HISTOGRAM, 0);
    });
    expect(history.recentRates(5.7, 3)).toEqual({ requests: 4, failures: 2 });
  });

  it('counts seconds without requests', () => {
    const history = new RunHistory();
    history.add(0, okCounts(10), EMPTY_HISTOGRAM, 0);
    expect(history.recentRates(6, 5)).toEqual({ requests: 2, failures: 0 });
    expect(history.recentRates(60, 5)).toEqual({ requests: 0, failures: 0 });
  });

  it('is 0 before the first second is over', () => {
    const history = new RunHistory();
    history.add(0, okCounts(10), EMPTY_HISTOGRAM, 0);
    expect(history.recentRates(0.5, 10)).toEqual({ requests: 0, failures: 0 });
    expect(history.recentRates(1.9, 10)).toEqual({ requests: 0, failures: 0 });
  });

  it.each([3_000, 3_700, 8_000, 60_000])(
    'is right after %d seconds, whatever the span of a point',
    (seconds) => {
      const history = new RunHistory();
      for (let second = 0; second < seconds; second += 1)
        history.add(second, okCounts(7), EMPTY_HISTOGRAM, 0);
      expect(history.recentRates(seconds, 10)).toEqual({ requests: 7, failures: 0 });
    },
  );

  it('forgets what is longer ago, also where a point spans several seconds', () => {
    const history = new RunHistory();
    for (let second = 0; second < 8_000; second++) {
      history.add(second, okCounts(second < 7_980 ? 1 : 5), EMPTY_HISTOGRAM, 0);
    }
    expect(history.recentRates(8_000, 10).requests).toBe(5);
  });

  it('is empty for an empty run', () => {
    expect(new RunHistory().recentRates(0, 10)).toEqual({ requests: 0, failures: 0 });
  });
});
