import { describe, expect, it } from 'vitest';
import { formatTick, lineChart, niceTicks } from './line-chart.ts';

describe('the axis of a chart', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [160, [0, 50, 100, 150, 200]],
    [0.00042, [0, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005]],
    [2_000, [0, 500, 1_000, 1_500, 2_000]],
  ])('has round numbers up to %d', (most, ticks) => {
    expect(niceTicks(most)).toEqual(ticks);
  });

  it('has times in milliseconds or seconds', () => {
    expect([0, 0.5, 50, 1_500].map(formatTick)).toEqual(['0', '0.5 ms', '50 ms', '1.5 s']);
  });

  it('begins at 0 on the left and ends at the widest point', () => {
    const points = [0, 10].map((x) => ({ x, y: 5 * x }));
    const lines = [{ name: 'a & b', className: 'run', points }];
    const chart = lineChart({
      title: 'c',
      lines,
      xTicks: [
        [0, '0'],
        [20, 'far'],
      ],
      formatY: String,
    });
    expect(chart).toContain('points="84,280 780,24"');
    expect(chart).toContain('<title>a &amp; b</title>');
    expect(chart).not.toContain('far');
  });
});
