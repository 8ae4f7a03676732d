import { describe, expect, it } from 'vitest';
import { BUCKET_COUNT } from '../stats/histogram-layout.ts';
import { IntervalHistogram } from '../stats/interval-histogram.ts';
import { findHistogramProblem, readHistogram } from './read-histogram.ts';

const totals = { count: 3, sumUs: 40, minUs: 10, maxUs: 20 };

describe('readHistogram', () => {
  it('gives the histogram that was recorded', () => {
    const recorded = new IntervalHistogram();
    for (const us of [10, 10, 20]) recorded.record(us);
    expect(readHistogram({ ...totals, buckets: [10, 2, 10, 1] })).toEqual(recorded.take());
  });
});

describe('findHistogramProblem', () => {
  it('finds nothing wrong in a histogram that can be', () => {
    expect(findHistogramProblem({ ...totals, buckets: [0, 2, 10, 1] }, BUCKET_COUNT)).toBeUndefined();
    expect(
      findHistogramProblem({ count: 0, sumUs: 0, minUs: 0, maxUs: 0, buckets: [] }, BUCKET_COUNT),
    ).toBeUndefined();
  });

  it('finds extremes that contradict each other', () => {
    const problem = findHistogramProblem({ ...totals, minUs: 30, buckets: [10, 3] }, BUCKET_COUNT);
    expect(problem).toBe('minUs is above maxUs');
  });
});
