import { describe, expect, it } from 'vitest';
import { histogramOf, okCounts } from '../stats/samples.case.ts';
import { parseThresholds } from './parse-threshold.ts';
import { ThresholdJudge } from './threshold-judge.ts';

function judge(...texts: readonly string[]): ThresholdJudge {
  return new ThresholdJudge(parseThresholds(texts), {
    isWarm: () => true,
    stageAt: () => undefined,
    hasLoad: () => true,
  });
}

const tenTimes = (ms: number) => histogramOf(Array.from({ length: 10 }, () => ms * 1_000));

function streams(time: 'ttfe' | 'gap' | 'tpot', ms: number, name = '/chat') {
  return { time, key: { method: 'POST', name }, latency: tenTimes(ms) };
}

const requests = { key: { method: 'POST', name: '/chat' }, counts: okCounts(10), latency: tenTimes(5_000) };

describe('a threshold on a time of streams', () => {
  it('looks at that time only, and requests do not look at it', () => {
    const target = judge(
      'ttfe.p95 < 100ms',
      'gap.p95 < 100ms',
      'tpot.max{name="/chat"} < 15ms',
      'requests < 11',
    );
    target.addEntry(0, requests);
    target.addStreamTime(0, streams('ttfe', 80));
    target.addStreamTime(0, streams('gap', 200));
    target.addStreamTime(0, streams('tpot', 10));
    target.addStreamTime(0, streams('tpot', 20, '/other'));
    target.closeSecond(0);
    expect(target.conclude().map(({ observed, passed }) => [observed, passed])).toEqual([
      [80, true],
      [200, false],
      [10, true],
      [10, true],
    ]);
  });

  it('knows the first event as the first token, too', () => {
    expect(parseThresholds(['ttft.p95 < 1s', 'drift(ttft.p50) < 9%'])).toEqual(
      parseThresholds(['ttfe.p95 < 1s', 'drift(ttfe.p50) < 9%']),
    );
  });

  it('fails where no event came', () => {
    const target = judge('ttfe.p95 < 100ms', 'gap.p95{name="/chat"} < 100ms');
    target.addEntry(0, requests);
    target.closeSecond(0);
    expect(target.conclude()).toMatchObject([
      { passed: false, observed: undefined, reason: 'no ttfe.p95 was measured: no event of a stream came' },
      { passed: false, observed: undefined },
    ]);
  });

  it('cannot be narrowed down by a tag or a class', () => {
    expect(() => parseThresholds(['gap.p95{tag="a"} < 1s'])).toThrow(
      'gap.p95 cannot be narrowed down by tag',
    );
    expect(() => parseThresholds(['tpot.p95{class="A"} < 1s'])).toThrow(
      'the times of streams know their method',
    );
  });
});
