import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramToJson } from '../result/histogram-json.ts';
import type { HistogramJson } from '../result/run-result.ts';
import { IntervalHistogram } from '../stats/interval-histogram.ts';
import { createHeatMapData } from './heat-map-data.ts';

function measured(...valuesUs: number[]): HistogramJson {
  const histogram = new IntervalHistogram();
  for (const valueUs of valuesUs) histogram.record(valueUs);
  return histogramToJson(histogram.take());
}

const SECONDS = fc.array(fc.array(fc.integer({ min: 1, max: 3_600_000_000 }), { maxLength: 30 }), {
  maxLength: 700,
});

describe('the heat map', () => {
  it('has each request once, in few enough columns', () => {
    fc.assert(
      fc.property(SECONDS, (seconds) => {
        const data = createHeatMapData(
          seconds.map((values) => measured(...values)),
          1,
        );
        const counts = data.columns.flatMap((column) => column.filter((_, i) => i % 2 === 1));
        expect(counts.reduce((total, count) => total + count, 0)).toBe(seconds.flat().length);
        expect(data.columns.length).toBeLessThanOrEqual(300);
        expect(
          data.columns
            .flatMap((column) => column.filter((_, i) => i % 2 === 0))
            .every((row) => row >= 0 && row < data.limitsMs.length),
        ).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('puts a request below its limit and above the one before', () => {
    const { limitsMs, columns } = createHeatMapData([measured(1_000), measured(250_000, 250_000)], 1);
    const [row = 0, count] = columns[1] ?? [];
    expect(count).toBe(2);
    expect(limitsMs[row]).toBeGreaterThan(250);
    expect(limitsMs[row - 1]).toBeLessThanOrEqual(250);
    expect(columns[0]).toEqual([0, 1]);
  });

  it('sums seconds where there are many', () => {
    const data = createHeatMapData(
      Array.from({ length: 601 }, () => measured(5_000)),
      2,
    );
    expect(data.spanSeconds).toBe(6);
    expect(data.columns).toHaveLength(201);
  });

  it('is empty where nothing was measured', () => {
    expect(createHeatMapData([measured(), measured()], 1)).toEqual({
      spanSeconds: 1,
      limitsMs: [],
      columns: [[], []],
    });
  });
});
