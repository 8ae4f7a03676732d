import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from '../stats/latency-histogram.ts';
import { histogramOf, timesUs } from '../stats/samples.case.ts';
import { histogramFromJson, histogramToJson } from './histogram-json.ts';

describe('a histogram in JSON', () => {
  it('tells each bucket by its distance from the one before', () => {
    expect(histogramToJson(histogramOf([3, 3, 7]))).toEqual({
      count: 3,
      sumUs: 13,
      minUs: 3,
      maxUs: 7,
      buckets: [3, 2, 4, 1],
    });
  });

  it('is read back as it was, also from its text', () => {
    fc.assert(
      fc.property(timesUs, (values) => {
        const histogram = histogramOf(values);
        const text = JSON.stringify(histogramToJson(histogram));
        expect(histogramFromJson(JSON.parse(text))).toEqual(histogram);
      }),
    );
  });

  it('is the same for what was merged', () => {
    fc.assert(
      fc.property(timesUs, timesUs, (first, second) => {
        const merged = new LatencyHistogram();
        merged.merge(histogramOf(first));
        merged.merge(histogramOf(second));
        expect(histogramToJson(merged)).toEqual(histogramToJson(histogramOf([...first, ...second])));
      }),
    );
  });
});
