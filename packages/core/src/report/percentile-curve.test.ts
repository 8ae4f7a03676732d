import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramToJson } from '../result/histogram-json.ts';
import type { HistogramJson } from '../result/run-result.ts';
import { IntervalHistogram } from '../stats/interval-histogram.ts';
import { createPercentileCurve } from './percentile-curve.ts';

function measured(...valuesUs: number[]): HistogramJson {
  const histogram = new IntervalHistogram();
  for (const valueUs of valuesUs) histogram.record(valueUs);
  return histogramToJson(histogram.take());
}

describe('a percentile curve', () => {
  it('ends at the slowest request, and is never finer than there were requests', () => {
    const { percentiles, valuesMs } = createPercentileCurve(measured(1_000, 2_000, 3_000, 90_000));
    expect(percentiles[0]).toBe(0);
    expect(percentiles.at(-1)).toBe(100);
    expect(valuesMs.at(-1)).toBe(90);
    expect(Math.max(...percentiles.slice(0, -1))).toBeLessThan(100 - 100 / 4 / 2 + 1e-9);
  });

  it('only ever rises', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 1, maxLength: 500 }),
        (values) => {
          const { percentiles, valuesMs } = createPercentileCurve(measured(...values));
          for (const column of [percentiles, valuesMs]) {
            expect(column).toEqual(column.toSorted((a, b) => a - b));
          }
        },
      ),
    );
  });

  it('is empty without requests', () => {
    expect(createPercentileCurve(measured())).toEqual({ percentiles: [], valuesMs: [] });
  });
});
