import { describe, expect, it } from 'vitest';
import { listStreamThresholds } from './list-stream-thresholds.ts';

describe('the thresholds of streams', () => {
  it('are those on their times, by themselves or in goodput, whatever a request is called', () => {
    const of = ['ttfe.p95 < 1s', 'drift(gap.p95) < 10%', 'goodput{name="/chat", tpot < 9ms} > 95%'];
    const others = [
      'p95{name="/gap"} < 1s',
      'goodput{response < 1s} > 95%',
      'errors{name="say \\"ttfe\\""} < 1%',
    ];
    const results = [...of, ...others].map((threshold) => {
      return { threshold, observed: 1, passed: true, reason: '' };
    });
    expect(listStreamThresholds(results).map(({ threshold }) => threshold)).toEqual(of);
  });
});
