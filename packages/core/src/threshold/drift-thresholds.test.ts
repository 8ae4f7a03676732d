import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { histogramOf, okCounts } from '../stats/samples.case.ts';
import { parseThreshold, parseThresholds } from './parse-threshold.ts';
import { ThresholdJudge } from './threshold-judge.ts';

/** Seconds of 30 requests of about 100 ms, which get slower by this share until the end. */
function judgeRun(texts: readonly string[], slower: number, seconds = 120, warmFrom = 0) {
  const timeline = {
    isWarm: (second: number) => second >= warmFrom,
    stageAt: () => undefined,
    hasLoad: () => true,
  };
  const judge = new ThresholdJudge(parseThresholds(texts), timeline);
  const random = createRandom(7, 'drift threshold');
  for (let second = 0; second < seconds; second++) {
    const times = Array.from({ length: 30 }, () => {
      const usual = second < warmFrom ? 900_000 : 90_000 + 20_000 * random();
      return Math.round(usual * (1 + (slower * second) / seconds));
    });
    judge.addEntry(second, {
      key: { method: 'GET', name: '/' },
      counts: okCounts(30),
      latency: histogramOf(times),
    });
    judge.closeSecond(second);
  }
  return judge.conclude();
}

describe('a threshold on a drift', () => {
  it('fails where the last third is too much slower than the first', () => {
    const [p95, median] = judgeRun(['drift(p95) < 10%', 'drift(p50) < 50%'], 0.3);
    expect(p95).toMatchObject({ threshold: 'drift(p95) < 10%', passed: false });
    expect(p95?.observed).toBeGreaterThan(0.15);
    expect(p95?.reason).toMatch(/^drift\(p95\) was \+\d.* instead of < 10%$/);
    expect(median).toMatchObject({ passed: true });
  });

  it('passes a run that stays as it is, and says how sure that is', () => {
    const [p95, rps] = judgeRun(['drift(p95) < 10%', 'drift(rps) > -10%'], 0);
    expect(p95).toMatchObject({ passed: true });
    expect(p95?.reason).toContain('99 % sure');
    expect(rps).toMatchObject({ passed: true, observed: 0 });
  });

  it('does not look at the warm-up', () => {
    expect(judgeRun(['drift(p50) > -10%'], 0, 120, 20)).toMatchObject([{ passed: true }]);
  });

  it('does not pass what was too short to see anything in', () => {
    const [result] = judgeRun(['drift(p95) < 10%'], 0, 20);
    expect(result).toMatchObject({ passed: false, observed: undefined });
    expect(result?.reason).toContain('too short');
  });

  it('keeps its memory in bounds and its result in a long run', () => {
    const [result] = judgeRun(['drift(p50) < 10%'], 0.3, 5_000);
    expect(result).toMatchObject({ passed: false });
    expect(result?.observed).toBeGreaterThan(0.17);
    expect(result?.observed).toBeLessThan(0.21);
  });

  it.each([
    ['drift p95 < 1%', 'expected ( with a metric'],
    ['drift(max) < 1%', 'a drift is that of a percentile'],
    ['drift(p95 < 1%', 'expected ) here'],
    ['drift(p95) < 1% abort', 'a drift can have no abort'],
    ['drift(p95) < 1% over 30s', 'a drift can have no over'],
    ['drift(p95) < 300ms', 'ms is no unit of drift(p95)'],
  ])('%s is refused', (text, problem) => {
    expect(() => parseThreshold(text)).toThrow(problem);
  });

  it('may have a limit below 0 or above all', () => {
    expect(parseThreshold('drift(rps) > -0.1')).toMatchObject({ limit: -0.1 });
    expect(parseThreshold('drift(p99) < 150%')).toMatchObject({ limit: 1.5 });
  });
});
