import { describe, expect, it } from 'vitest';
import { findHistogramProblem } from './find-histogram-problem.ts';

const totals = { count: 3, sumUs: 40, minUs: 10, maxUs: 20 };

describe('findHistogramProblem', () => {
  it('finds nothing wrong in a histogram that can be', () => {
    expect(findHistogramProblem({ ...totals, buckets: [0, 2, 10, 1] })).toBeUndefined();
    expect(findHistogramProblem({ count: 0, sumUs: 0, minUs: 0, maxUs: 0, buckets: [] })).toBeUndefined();
  });

  it('finds extremes that contradict each other', () => {
    expect(findHistogramProblem({ ...totals, minUs: 30, buckets: [10, 3] })).toBe('minUs is above maxUs');
  });
});
