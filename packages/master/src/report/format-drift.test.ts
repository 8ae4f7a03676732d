import { describe, expect, it } from 'vitest';
import { formatDrift } from './format-drift.ts';

const STYLE = { width: 80, color: false };
const change = (metric: string, first: number, last: number, low: number, high: number) => {
  return { metric, first, last, change: metric === 'errors' ? last - first : last / first - 1, low, high };
};

describe('the drift of a report', () => {
  it('is one line for each number, and a sentence', () => {
    const drift = {
      fromSecond: 10,
      seconds: 120,
      changes: [
        change('p95', 52, 63, 0.17, 0.25),
        change('errors', 0, 0.021, -0.01, 0.05),
        change('rps', 100, 90, -0.2, -0.05),
      ],
      trend: 'it gets slower',
    };
    expect(formatDrift({ drift }, STYLE)).toEqual([
      'Drift: the last third of 2m 00s under the same load, against the first',
      'p95       +21.2 %  52.0 ms to 63.0 ms (99 % sure: +17 % to +25 %)',
      'errors  +2.1 points  0 % to 2.1 % (99 % sure: -1 points to +5 points, may be chance)',
      'rps         -10 %  100.0/s to 90.00/s (99 % sure: -20 % to -5 %)',
      'it gets slower',
    ]);
  });

  it('says so where nothing changed, and nothing where nobody looked', () => {
    const drift = { fromSecond: 0, seconds: 60, changes: [change('p50', 1, 1, -0.1, 0.1)], trend: undefined };
    expect(formatDrift({ drift }, STYLE).at(-1)).toBe('no drift that matters');
    expect(formatDrift({}, STYLE)).toEqual([]);
  });
});
