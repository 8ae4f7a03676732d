import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LevelMeasurement } from './level-measurement.ts';
import { nextLevel, type SearchRange } from './next-level.ts';

const RANGE: SearchRange = { from: 10, to: 2_000, precision: 0.05, isWhole: true, isOpen: false };

function measured(level: number, held: boolean, isClear = true): LevelMeasurement {
  const outcome = held ? 'held' : 'missed';
  const times = { p50Ms: 1, p95Ms: 1, p99Ms: 1 };
  return {
    level,
    outcome,
    reason: undefined,
    isClear,
    seconds: 1,
    requestsPerSecond: level,
    errors: 0,
    ...times,
  };
}

/** Searches on a target that holds up to its capacity; some measurements go wrong. */
function search(
  range: SearchRange,
  holds: (level: number, nth: number) => boolean,
  isClear = true,
  throughput = (level: number) => level,
) {
  const measurements: LevelMeasurement[] = [];
  for (;;) {
    const step = nextLevel(range, measurements);
    if (step.kind === 'done') return { ...step, measurements };
    expect(step.level).toBeGreaterThanOrEqual(range.from);
    expect(step.level).toBeLessThanOrEqual(range.to);
    expect(measurements.length).toBeLessThan(60);
    const measurement = measured(step.level, holds(step.level, measurements.length), isClear);
    measurements.push({ ...measurement, requestsPerSecond: throughput(step.level) });
  }
}

describe('the search for a ceiling', () => {
  it('doubles the level until one fails, halves the distance, and measures the ceiling twice', () => {
    const { measurements, ceiling, failsAt } = search(RANGE, (level) => level <= 160);
    expect(measurements.map(({ level }) => level)).toEqual([
      10, 20, 40, 80, 160, 320, 226, 190, 174, 167, 160,
    ]);
    expect({ ceiling, failsAt }).toEqual({ ceiling: 160, failsAt: 167 });
  });

  it('says so where the highest level holds, and where the lowest does not', () => {
    expect(search(RANGE, () => true)).toMatchObject({ ceiling: 2_000, failsAt: undefined });
    expect(search(RANGE, () => false)).toMatchObject({ ceiling: undefined, failsAt: 10 });
  });

  it('by rate goes where the target got stuck, on what it gets through when it is too much', () => {
    const open = { ...RANGE, isOpen: true };
    const stuckAt = (capacity: number) => (level: number) => 3 * Math.min(level, capacity);
    const even = search(open, (level) => level <= 160, true, stuckAt(160));
    expect(even.measurements.map(({ level }) => level)).toEqual([10, 20, 40, 80, 160, 320, 168, 160]);
    const odd = search(open, (level) => level <= 250, true, stuckAt(250));
    expect(odd.measurements.map(({ level }) => level)).toEqual([10, 20, 40, 80, 160, 320, 244, 256, 244]);
    expect(odd).toMatchObject({ ceiling: 244, failsAt: 256 });
  });

  it('ends within its precision of the capacity, whatever that is, and whatever comes through when it is too much', () => {
    const range = fc.record({
      from: fc.integer({ min: 1, max: 50 }),
      to: fc.integer({ min: 100, max: 100_000 }),
      precision: fc.constantFrom(0.02, 0.05, 0.2),
      isWhole: fc.boolean(),
      isOpen: fc.boolean(),
    });
    const shares = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        range,
        fc.double({ min: 1, max: 100_000, noNaN: true }),
        shares,
        (wanted, capacity, share) => {
          const served = (level: number): number => (level <= capacity ? level : share * capacity);
          const holds = (level: number): boolean => level <= capacity;
          const { ceiling, failsAt, measurements } = search(wanted, holds, true, served);
          if (ceiling === undefined) expect(capacity).toBeLessThan(wanted.from);
          else expect(ceiling).toBeLessThanOrEqual(capacity);
          if (failsAt === undefined) expect(ceiling).toBe(wanted.to);
          else expect(failsAt).toBeGreaterThan(capacity);
          if (ceiling !== undefined && failsAt !== undefined) {
            const rounding = wanted.isWhole ? 1 : 0.011 * failsAt;
            expect(failsAt - ceiling).toBeLessThanOrEqual(Math.max(wanted.precision * failsAt, rounding));
            expect(measurements.filter(({ level }) => level === ceiling)).toHaveLength(2);
          }
        },
      ),
    );
  });

  it('is not misled by one bad measurement that is not plain, wherever it comes', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.integer({ min: 20, max: 1_900 }), (bad, capacity) => {
        const { ceiling = 0 } = search(RANGE, (level, nth) => nth !== bad && level <= capacity, false);
        expect(ceiling).toBeGreaterThan(0.94 * capacity - 1);
        expect(ceiling).toBeLessThanOrEqual(capacity);
      }),
    );
  });
});
