import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSpans, SpanSeries } from './span-series.ts';

const merge = (earlier: string, later: string): string => earlier + later;

describe('SpanSeries', () => {
  it('has a point for each second, with holes where nothing came', () => {
    const series = new SpanSeries({ merge });
    series.add(0, 'a');
    series.add(2, 'c');
    series.add(2, 'd');
    expect([series.spanSeconds, series.points]).toEqual([1, ['a', undefined, 'cd']]);
    expect(fillSpans(series, 4.5, null)).toEqual(['a', null, 'cd', null, null]);
  });

  it('makes one of two neighbours where it gets too long, in order', () => {
    const series = new SpanSeries({ merge, maxPoints: 4 });
    for (const [second, point] of ['a', 'b', 'c', 'd', 'e'].entries()) series.add(second, point);
    expect([series.spanSeconds, series.points]).toEqual([2, ['ab', 'cd', 'e']]);
    series.add(1, 'x');
    series.add(31, 'z');
    expect(series.spanSeconds).toBe(8);
    expect(series.points).toEqual(['abxcde', undefined, undefined, 'z']);
  });

  it('loses nothing and stays within its length, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500)), (seconds) => {
        const series = new SpanSeries<number>({ merge: (a, b) => a + b, maxPoints: 7 });
        for (const second of seconds) series.add(second, 1);
        expect(series.points.length).toBeLessThanOrEqual(7);
        expect(fillSpans(series, 0, 0).reduce((sum, point) => sum + point, 0)).toBe(seconds.length);
      }),
    );
  });
});
