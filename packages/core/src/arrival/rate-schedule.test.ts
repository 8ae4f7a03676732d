import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRegularArrivals } from './arrivals.ts';
import { RateCurve, type RateStage } from './rate-curve.ts';
import { RateSchedule } from './rate-schedule.ts';

const SECOND_US = 1_000_000;
const steady = (rate: number): RateStage => ({
  seconds: Number.POSITIVE_INFINITY,
  startRate: rate,
  endRate: rate,
});
const ramp = (startRate: number, endRate: number, seconds: number): RateStage => ({
  seconds,
  startRate,
  endRate,
});

function timesUntil(stages: readonly RateStage[], seconds: number): number[] {
  const arrivals = createRegularArrivals(stages);
  const due = arrivals.countDue(seconds * SECOND_US);
  return Array.from({ length: due }, (_, index) => arrivals.timeUs(index) / SECOND_US);
}

describe('RateSchedule', () => {
  it('has the new rate from the moment of the change on', () => {
    const schedule = new RateSchedule([steady(10)]);
    schedule.change(2, 3);
    expect(schedule.stages).toEqual([{ ...steady(10), seconds: 3 }, steady(2)]);
    expect(new RateCurve(schedule.stages).countAt(5)).toBe(34);
    expect([schedule.wantedRateAt(2), schedule.wantedRateAt(3)]).toEqual([10, 2]);
  });

  it('starts nothing in a pause and makes up for nothing after it', () => {
    const schedule = new RateSchedule([steady(2)]);
    schedule.pause(2);
    schedule.resume(6);
    expect(timesUntil(schedule.stages, 7.9)).toEqual([0, 0.5, 1, 1.5, 6, 6.5, 7, 7.5]);
  });

  it('goes on with a ramp where the clock is, not where the pause began', () => {
    const schedule = new RateSchedule([ramp(0, 100, 10), ramp(100, 100, 10)]);
    schedule.pause(2);
    schedule.resume(5);
    expect(schedule.stages).toEqual([
      ramp(0, 20, 2),
      { ...steady(0), seconds: 3 },
      ramp(50, 100, 5),
      ramp(100, 100, 10),
    ]);
  });

  it('keeps a rate that is changed in a pause for after it', () => {
    const schedule = new RateSchedule([steady(10)]);
    schedule.pause(1);
    schedule.change(4, 2);
    expect(new RateCurve(schedule.stages).countAt(100)).toBe(10);
    expect(schedule.wantedRateAt(3)).toBe(4);
    schedule.resume(5);
    expect(new RateCurve(schedule.stages).countAt(6)).toBe(14);
  });

  it('has no rate after its last stage', () => {
    expect(new RateSchedule([ramp(0, 5, 3)]).wantedRateAt(4)).toBe(0);
  });

  it('stays small however often it is changed, and keeps its integral', () => {
    const schedule = new RateSchedule([steady(3)]);
    for (let second = 1; second <= 2_000; second++) schedule.change(3 + (second % 2), second);
    expect(schedule.stages.length).toBeLessThan(1_100);
    expect(new RateCurve(schedule.stages).countAt(2_000)).toBeCloseTo(7_000, 3);
  });

  it('leaves every start before a change where it was', () => {
    const rates = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(rates, fc.double({ min: 0.5, max: 4, noNaN: true }), (values, at) => {
        const stages = values.slice(1).map((rate, i) => ramp(values[i] as number, rate, 1.5));
        const schedule = new RateSchedule(stages);
        schedule.change(7, at);
        const before = timesUntil(stages, at - 0.001);
        const after = timesUntil(schedule.stages, at - 0.001);
        expect(after).toHaveLength(before.length);
        after.forEach((time, i) => {
          expect(time).toBeCloseTo(before[i] as number, 5);
        });
      }),
    );
  });
});
