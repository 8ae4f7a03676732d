import { describe, expect, it } from 'vitest';
import type { ComparableResult } from './compared-entry.ts';
import { judgeRegression, type RegressionResult } from './judge-regression.ts';
import { parseRegression } from './parse-regression.ts';
import { simulateRun } from './simulated-run.case.ts';

const judge = (
  text: string,
  result: ComparableResult,
  ...baselines: readonly ComparableResult[]
): RegressionResult => judgeRegression(parseRegression(text), result, baselines, 1);

const RULE = 'p95 < max(1.10x, +20ms)';
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const baseline = simulateRun({ seed: 100, medianMs: 100 });

/** The run with nothing known of its seconds but what is known of every entry. */
const ofEntry = (text: string): string => text.replace(/^(\S+)/, '$1{name="/a"}');

describe('a comparison with a baseline', () => {
  it('catches a slowdown from 100 to 130 ms', () => {
    const results = SEEDS.map((seed) =>
      judge('p50 < max(1.10x, +20ms)', simulateRun({ seed, medianMs: 130 }), baseline),
    );
    expect(results.filter(({ passed }) => passed)).toEqual([]);
    expect(results[0]?.reason).toMatch(
      /^p50 was 1[23]\d ms, [\d.]+ ms in the baseline, at most 1\d\d ms; the change is \+\d+\.?\d* ms to \+\d+\.?\d* ms \(99\.9 % sure\)$/,
    );
  });

  it.each([RULE, ofEntry(RULE), 'p50 < 1.05x', 'avg < 1.05x', ofEntry('p99 < 1.10x')])(
    'flags none of twenty repeated runs of the same build: %s',
    (text) => {
      const runs = SEEDS.map((seed) => simulateRun({ seed, medianMs: 100 }));
      expect(runs.map((run) => judge(text, run, baseline).passed)).toEqual(SEEDS.map(() => true));
    },
  );

  it('rarely flags runs of the same build even where no change at all is allowed', () => {
    const runs = SEEDS.map((seed) => simulateRun({ seed, medianMs: 100 }));
    expect(runs.filter((run) => !judge('p95 < 1x', run, baseline).passed).length).toBeLessThanOrEqual(1);
  });

  it('catches the slowdown of one entry, whose seconds are known by their percentiles', () => {
    const slow = simulateRun({ seed: 3, medianMs: 130 });
    expect(judge(ofEntry(RULE), slow, baseline).passed).toBe(false);
  });

  it('catches it also where nothing is known of single seconds', () => {
    const without = (run: ComparableResult): ComparableResult => ({
      ...run,
      series: { ...run.series, entries: [] },
    });
    const slow = without(simulateRun({ seed: 3, medianMs: 130 }));
    const same = without(simulateRun({ seed: 4, medianMs: 100 }));
    expect(judge(ofEntry(RULE), slow, without(baseline)).passed).toBe(false);
    expect(judge(ofEntry(RULE), same, without(baseline)).passed).toBe(true);
  });

  it('is not sure about noise that is as large as the change', () => {
    const shaky = simulateRun({ seed: 5, medianMs: 112, seconds: 20, noise: 0.4 });
    expect(
      judge('p95 < 1.05x', shaky, simulateRun({ seed: 6, medianMs: 100, seconds: 20, noise: 0.4 })),
    ).toMatchObject({
      passed: true,
      interval: { low: expect.any(Number) },
    });
  });

  it('learns from several baseline runs how much runs differ', () => {
    const runs = [1, 2, 3, 4].map((seed) => simulateRun({ seed, medianMs: 100, runNoise: 0.08 }));
    const another = simulateRun({ seed: 12, medianMs: 124 });
    const byOne = judge('p95 < 1.05x', another, simulateRun({ seed: 20, medianMs: 100 }));
    const bySeveral = judge('p95 < 1.05x', another, ...runs);
    expect(byOne.passed).toBe(false);
    expect(bySeveral.passed).toBe(true);
    expect(judge('p95 < 1.05x', simulateRun({ seed: 9, medianMs: 180 }), ...runs).passed).toBe(false);
  });

  it('compares the share of failures, and throughput from below', () => {
    const failing = simulateRun({ seed: 7, medianMs: 100, failureShare: 0.05 });
    expect(judge('errors < +1%', failing, baseline).passed).toBe(false);
    expect(judge('errors < +10%', failing, baseline).passed).toBe(true);
    const slack = simulateRun({ seed: 8, medianMs: 100, requestsPerSecond: 12 });
    expect(judge('rps > 0.9x', slack, baseline).passed).toBe(false);
    expect(judge('rps > min(0.9x, -10/s)', slack, baseline).passed).toBe(true);
    expect(judge('rps > 0.9x', simulateRun({ seed: 9, medianMs: 100 }), baseline).passed).toBe(true);
  });

  it('gives the same interval for the same seed', () => {
    const run = simulateRun({ seed: 7, medianMs: 104 });
    expect(judge(RULE, run, baseline)).toEqual(judge(RULE, run, baseline));
    const other = judgeRegression(parseRegression(RULE), run, [baseline], 2);
    expect(other.interval).not.toEqual(judge(RULE, run, baseline).interval);
  });

  it('passes, and says so, where the run is too short to be sure', () => {
    const short = simulateRun({ seed: 1, medianMs: 130, seconds: 9 });
    expect(judge(RULE, short, baseline)).toMatchObject({
      passed: true,
      interval: undefined,
      reason: expect.stringContaining('too short a run to be sure of a change'),
    });
  });

  it('fails where there is nothing to compare', () => {
    const rule = 'p95{name="/b"} < 1.1x';
    expect(judge(rule, baseline, baseline)).toMatchObject({
      passed: false,
      reason: 'no request matched {name="/b"}',
    });
    const [entry] = baseline.entries as [ComparableResult['entries'][number]];
    const renamed = { ...baseline, entries: [{ ...entry, name: '/b' }] };
    expect(judge(rule, renamed, baseline)).toMatchObject({
      passed: false,
      reason: 'in the baseline, no request matched {name="/b"}',
    });
  });

  it('stays quick with an hour of seconds', () => {
    const long = simulateRun({ seed: 1, medianMs: 100, seconds: 3_600, requestsPerSecond: 20 });
    expect(judge(RULE, long, long).passed).toBe(true);
  });
});
