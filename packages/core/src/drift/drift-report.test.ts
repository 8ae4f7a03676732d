import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import type { HistoryPoint } from '../stats/run-history.ts';
import { histogramOf } from '../stats/samples.case.ts';
import { reportDrift } from './drift-report.ts';

interface Plan {
  readonly seconds: number;
  readonly seed: number;
  /** How much slower all requests are at the end than at the beginning, as a share. */
  readonly slower?: number;
  /** The same of the slowest tenth only. */
  readonly slowerTail?: number;
  readonly failuresAtEnd?: number;
  readonly usersAt?: (second: number) => number;
}

/** A run of so many seconds, 40 requests each, around 50 ms and with some noise. */
function createPoints({
  seconds,
  seed,
  slower = 0,
  slowerTail = 0,
  failuresAtEnd = 0,
  usersAt,
}: Plan): HistoryPoint[] {
  const random = createRandom(seed, 'drift test');
  return Array.from({ length: seconds }, (_, startSecond) => {
    const part = startSecond / seconds;
    const times = Array.from({ length: 40 }, () => {
      const base = 50_000 * (0.8 + 0.4 * random()) * (1 + slower * part);
      return Math.round(random() < 0.1 ? base * 2 * (1 + slowerTail * part) : base);
    });
    const failures = Math.round(40 * failuresAtEnd * part);
    const users = usersAt?.(startSecond) ?? 20;
    const counts = { started: 40, requests: 40, failures };
    return { startSecond, spanSeconds: 1, users, ...counts, latency: histogramOf(times) };
  });
}

const WHOLE = { fromSecond: 0, endSecond: 10_000, isOpen: false };
const SEEDS = Array.from({ length: 20 }, (_, i) => i);

describe('the drift of a run', () => {
  it('is found where requests get 20 % slower in two minutes, and called something that grows', () => {
    for (const seed of SEEDS) {
      const drift = reportDrift(createPoints({ seconds: 120, seed, slower: 0.2 }), WHOLE);
      expect(drift).toMatchObject({ fromSecond: 0, seconds: 120 });
      const p50 = drift?.changes.find(({ metric }) => metric === 'p50');
      expect(p50?.change).toBeGreaterThan(0.1);
      expect(p50?.change).toBeLessThan(0.16);
      expect(p50?.low).toBeGreaterThan(0);
      expect(drift?.trend).toContain('it gets slower with the same load');
    }
  });

  it('is not found in a run that stays as it is', () => {
    const trends = SEEDS.map((seed) => reportDrift(createPoints({ seconds: 120, seed }), WHOLE)?.trend);
    expect(trends).toEqual(SEEDS.map(() => undefined));
  });

  it('names what runs out where more and more requests fail', () => {
    const drift = reportDrift(createPoints({ seconds: 90, seed: 1, slower: 0.5, failuresAtEnd: 0.2 }), WHOLE);
    expect(drift?.trend).toContain('something runs out');
  });

  it('tells slow requests that get slower from all that do', () => {
    const drift = reportDrift(createPoints({ seconds: 120, seed: 1, slowerTail: 1 }), WHOLE);
    expect(drift?.trend).toContain('the slow requests get slower');
  });

  it('says so where the beginning was still warming up', () => {
    const drift = reportDrift(createPoints({ seconds: 120, seed: 1, slower: -0.4 }), WHOLE);
    expect(drift?.trend).toContain('still warming up');
  });

  it('looks at the longest stretch with the same users, after the warm-up and before the end', () => {
    const usersAt = (second: number): number => (second < 30 ? second : second < 110 ? 30 : 10);
    const points = createPoints({ seconds: 150, seed: 1, usersAt });
    expect(reportDrift(points, { ...WHOLE, fromSecond: 35 })).toMatchObject({ fromSecond: 35, seconds: 75 });
    expect(reportDrift(points, { ...WHOLE, fromSecond: 35, endSecond: 60 })).toBeUndefined();
    expect(reportDrift(points, { ...WHOLE, isOpen: true })).toMatchObject({ fromSecond: 0, seconds: 150 });
  });

  it('is not looked for where nothing was measured', () => {
    expect(reportDrift([], WHOLE)).toBeUndefined();
    expect(reportDrift(createPoints({ seconds: 60, seed: 1, usersAt: () => 0 }), WHOLE)).toBeUndefined();
  });
});
