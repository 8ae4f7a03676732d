import { describe, expect, it } from 'vitest';
import { nines, percentileAt, valueAt } from './percentile-scale.ts';

const CURVE = { percentiles: [0, 50, 90, 100], valuesMs: [1, 2, 5, 9] };

describe('the scale of percentiles', () => {
  it.each([0, 50, 90, 99, 99.9, 99.99, 99.999])('finds %d %% again', (percentile) => {
    expect(percentileAt(nines(percentile))).toBe(percentile);
  });

  it('gives 99 to 99.9 % as much room as 90 to 99 %', () => {
    expect(nines(99.9) - nines(99)).toBeCloseTo(nines(99) - nines(90));
  });

  it('puts the slowest request right behind the last percentile', () => {
    expect(nines(100, CURVE)).toBeCloseTo(nines(90) + 0.05);
  });

  it('reads a curve between its points, and nothing beyond them', () => {
    expect([0, 50, 75, 90].map((percentile) => valueAt(CURVE, nines(percentile)))).toEqual([1, 2, 5, 5]);
    expect(valueAt(CURVE, nines(100, CURVE))).toBe(9);
    expect(valueAt(CURVE, 5)).toBeNull();
  });
});
