import { describe, expect, it } from 'vitest';
import { formatClock, formatDate, formatDuration, formatMoment } from './format-time.ts';

describe('times', () => {
  it.each([
    [5, '0:05'],
    [750, '12:30'],
    [3_750, '1:02:30'],
  ])('reads second %d as a clock', (seconds, text) => expect(formatClock(seconds)).toBe(text));

  it.each([
    [2.54, '2.5 s'],
    [45.2, '45 s'],
    [90, '1 min 30 s'],
    [600, '10 min'],
    [7_505, '2 h 5 min'],
  ])('says how long %d seconds are', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('tells two runs of the same minute apart', () => {
    expect(formatMoment('2026-11-21T14:03:22.518Z')).toMatch(/, \d\d:\d\d:22$/);
    expect(formatDate('2026-11-21T14:03:22.518Z')).toMatch(/, \d\d:\d\d$/);
  });

  it('leaves what is no time as it is', () => {
    expect(formatDate('yesterday')).toBe('yesterday');
    expect(formatDate('2026-11-21T14:03:22.518Z')).toMatch(/Nov 2026/);
  });
});
