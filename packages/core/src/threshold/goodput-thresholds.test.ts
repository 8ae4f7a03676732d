import { describe, expect, it } from 'vitest';
import { createCounts } from '../stats/outcome.ts';
import { EMPTY_HISTOGRAM } from '../stats/sparse-histogram.ts';
import { formatThreshold } from './format-threshold.ts';
import { isGood } from './goodput-condition.ts';
import { parseThreshold, parseThresholds } from './parse-threshold.ts';
import { listAggregates, ThresholdJudge } from './threshold-judge.ts';

const TEXT = 'goodput{name="/chat", ttfe < 200ms, gap.p95 < 50ms} > 95%';

describe('a threshold on goodput', () => {
  it('has conditions on single requests beside its selectors', () => {
    const threshold = parseThreshold("goodput{ ttfe<0.2s, name='/chat', gap.p95 < 50ms } > 95%");
    expect(threshold.metric).toEqual({
      kind: 'goodput',
      conditions: [
        { time: 'ttfe', percentile: 100, limitMs: 200 },
        { time: 'gap', percentile: 95, limitMs: 50 },
      ],
    });
    expect(formatThreshold(threshold)).toBe(TEXT);
  });

  it('knows the first event as the first token, too', () => {
    expect(parseThreshold('goodput{ttft < 200ms} > 95%')).toEqual(
      parseThreshold('goodput{ttfe < 200ms} > 95%'),
    );
  });

  it('has workers count every request that is not good as failed', () => {
    const thresholds = parseThresholds([TEXT, 'goodput{response < 1s} > 50%', 'errors < 1%']);
    const aggregates = listAggregates(thresholds);
    expect(aggregates.map(({ conditions }) => conditions?.length)).toEqual([2, 1]);
    const judge = new ThresholdJudge(thresholds, {
      isWarm: () => true,
      stageAt: () => undefined,
      hasLoad: () => true,
    });
    const figures = (ok: number, checkFailed: number) => {
      return { counts: { ...createCounts(), ok, checkFailed }, latency: EMPTY_HISTOGRAM };
    };
    judge.addAggregate(0, aggregates[0]?.id ?? '', figures(90, 10));
    judge.addAggregate(0, aggregates[1]?.id ?? '', figures(60, 40));
    judge.closeSecond(0);
    expect(judge.conclude().slice(0, 2)).toMatchObject([
      { observed: 0.9, passed: false },
      { observed: 0.6, passed: true },
    ]);
  });

  it.each([
    ['goodput{ttfx < 1s} > 1%', 'a request has no time ttfx'],
    ['goodput{ttfe.p95 < 1s} > 1%', 'a request has no ttfe.p95'],
    ['goodput{gap.p0 < 1s} > 1%', 'a request has no gap.p0'],
    ['goodput{ttfe < 200} > 1%', 'expected a time here, with its unit'],
    ['goodput{ttfe < 1s > 1%', 'expected a comma or } here'],
    ['goodput > 101%', 'more than all of the requests'],
    ['p95{ttfe < 1s} < 1s', 'there is no selector ttfe'],
  ])('%s is refused', (text, problem) => {
    expect(() => parseThreshold(text)).toThrow(problem);
  });
});

describe('a good request', () => {
  const conditionsOf = (text: string) => {
    const { metric } = parseThreshold(`goodput{${text}} > 1%`);
    return metric.kind === 'goodput' ? metric.conditions : [];
  };

  it.each([
    ['response < 100ms', { response: 99 }, true],
    ['response < 100ms', { response: 100 }, false],
    ['ttfe < 100ms', { response: 1 }, false],
    ['ttfe < 100ms, tpot < 9ms', { response: 500, ttfe: 50, tpot: 8 }, true],
    ['ttfe < 100ms, tpot < 9ms', { response: 500, ttfe: 50 }, false],
    ['gap < 50ms', { response: 1, gaps: [10, 60, 10] }, false],
    ['gap.p50 < 50ms', { response: 1, gaps: [10, 60, 10] }, true],
    ['gap < 50ms', { response: 1, gaps: [] }, true],
    ['gap < 50ms', { response: 1 }, false],
  ])('keeps to %s with %j: %s', (text, times, good) => {
    expect(isGood(conditionsOf(text), times)).toBe(good);
  });
});
