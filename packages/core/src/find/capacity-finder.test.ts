import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { createCounts } from '../stats/outcome.ts';
import { histogramOf } from '../stats/samples.case.ts';
import { parseThresholds } from '../threshold/parse-threshold.ts';
import { CapacityFinder, type CapacityFinderOptions } from './capacity-finder.ts';
import type { LevelMeasurement } from './level-measurement.ts';

/** A target with so many slots that each take so long, and a queue that nothing leaves in vain. */
interface Target {
  readonly slots: number;
  readonly serviceMs: number;
  readonly noise: number;
  readonly seed: number;
  /** The highest number of users that an open search may have. */
  readonly maxUsers: number;
}

const TARGET: Target = { slots: 8, serviceMs: 50, noise: 0.05, seed: 1, maxUsers: 1_000 };
const GRACE_SECONDS = 2;
const MAX_SAMPLES = 200;

/** What one second of load does to the target: how many come through, how long they take, and what is left. */
function createTarget({ slots, serviceMs, noise, seed, maxUsers }: Target, isOpen: boolean) {
  const random = createRandom(seed);
  const perSecond = (slots * 1_000) / serviceMs;
  let backlog = 0;
  return (second: number, level: number) => {
    const wanted = isOpen ? backlog + level : Number.POSITIVE_INFINITY;
    const done = Math.round(Math.min(wanted, perSecond, isOpen ? perSecond : (level * 1_000) / serviceMs));
    const left = isOpen ? wanted - done : 0;
    const dropped = Math.max(0, Math.round(left - maxUsers));
    const waitMs = isOpen ? (((backlog + left - dropped) / 2) * 1_000) / perSecond : 0;
    backlog = left - dropped;
    const usualMs = isOpen ? serviceMs + waitMs : Math.max(serviceMs, (level * 1_000) / perSecond);
    const samples = Array.from({ length: Math.min(done, MAX_SAMPLES) }, () => {
      return Math.round(usualMs * (1 + noise * random()) * 1_000);
    });
    const counts = { ...createCounts(), started: done, ok: done };
    const entries = [{ key: { method: 'GET', name: '/' }, counts, latency: histogramOf(samples) }];
    return { second, entries, dropped };
  };
}

function find(slo: readonly string[], target: Target, options: Partial<CapacityFinderOptions>) {
  const levels: LevelMeasurement[] = [];
  const finder = new CapacityFinder({
    from: 10,
    to: 2_000,
    precision: 0.05,
    isWhole: true,
    isOpen: true,
    settleSeconds: 1,
    levelSeconds: 5,
    objectives: parseThresholds(slo),
    onMeasured: (level) => levels.push(level),
    ...options,
  });
  const run = createTarget(target, options.isOpen ?? true);
  const told: ReturnType<typeof run>[] = [];
  for (let second = 0; !finder.conclusion; second++) {
    expect(second).toBeLessThan(2_000);
    told.push(run(second, finder.level));
    const known = told[second - GRACE_SECONDS];
    if (known) finder.take(known, second + 1);
  }
  return { ...finder.conclusion, levels };
}

describe('the finder', () => {
  it('finds the capacity of a target with 8 slots of 50 ms by rate, each time', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(50, 100, 1_000), (seed, maxUsers) => {
        const { ceiling = 0 } = find(['p95 < 300ms', 'errors < 1%'], { ...TARGET, seed, maxUsers }, {});
        expect(ceiling).toBeGreaterThan(144);
        expect(ceiling).toBeLessThanOrEqual(161);
      }),
      { numRuns: 25 },
    );
  });

  it('by rate does not wait for the end of a level that fails plainly, and looks there where the target got stuck', () => {
    const { levels, ceiling } = find(['p95 < 300ms'], TARGET, { levelSeconds: 10 });
    expect(levels.find(({ level }) => level === 320)).toMatchObject({ isClear: true, seconds: 5 });
    expect(levels.filter(({ outcome }) => outcome === 'held').map(({ seconds }) => seconds)).not.toContain(5);
    expect(ceiling).toBe(160);
    expect(levels.length).toBeLessThanOrEqual(9);
  });

  it('measures a level again that was disturbed, and takes what the third time brings', () => {
    let asked = 0;
    const options = { from: 10, to: 20, isDisturbed: () => ++asked > 0 };
    const { levels } = find(['p95 < 300ms'], TARGET, options);
    expect(asked).toBe(6);
    expect(levels.map(({ level, outcome }) => [level, outcome])).toEqual([
      [10, 'held'],
      [20, 'held'],
      [20, 'held'],
    ]);
  });

  it('finds by users where a percentile is too slow', () => {
    const { ceiling = 0 } = find(['p95 < 150ms'], TARGET, { isOpen: false });
    expect(ceiling).toBeGreaterThan(20);
    expect(ceiling).toBeLessThanOrEqual(24);
  });

  it('stops where more users bring no more requests, if no objective looks at times', () => {
    const { ceiling, levels } = find(['errors < 1%'], TARGET, { isOpen: false, from: 1 });
    expect(ceiling).toBeLessThan(20);
    expect(levels.filter(({ outcome }) => outcome === 'saturated').length).toBeGreaterThan(0);
    expect(Math.max(...levels.map(({ level }) => level))).toBeLessThanOrEqual(32);
  });

  it('calls a level unstable whose times keep growing although they are within the objectives', () => {
    const { levels } = find(['p95 < 60s'], TARGET, { from: 150, to: 170 });
    expect(levels.at(-1)?.outcome).toBe('held');
    expect(levels.find(({ level }) => level === 170)?.outcome).toBe('unstable');
  });

  it('calls a level dropped whose arrivals find no free user', () => {
    const { levels } = find(['p95 < 60s'], { ...TARGET, maxUsers: 10 }, { from: 100, to: 400 });
    expect(levels.find(({ level }) => level === 200)).toMatchObject({ outcome: 'dropped', isClear: true });
  });
});
