import { describe, expect, it } from 'vitest';
import { describeSeries } from './describe-series.ts';
import { nearestMark } from './time-marks.ts';

describe('what a chart says', () => {
  it('is the range and the end of each line', () => {
    const lines = [
      { label: 'p50', values: [3, null, 9, 4] },
      { label: 'p99', values: [null] },
    ];
    expect(describeSeries(lines, (value) => `${value} ms`)).toBe(
      'p50: from 3 ms to 9 ms, at the end 4 ms. p99: nothing measured.',
    );
  });

  it('names the event under the cursor, and none that is far away', () => {
    const marks = [
      { second: 100, text: 'first', isBad: false },
      { second: 103, text: 'second', isBad: true },
    ];
    const times = [0, 600];
    expect(nearestMark(marks, 102, times)?.text).toBe('second');
    expect(nearestMark(marks, 110, times)).toBeUndefined();
  });
});
