import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { type ArrivalShare, firstOwnStart } from './arrival-share.ts';
import { type Arrivals, createPoissonArrivals, createRegularArrivals } from './arrivals.ts';
import { RateCurve, type RateStage } from './rate-curve.ts';

const SECOND_US = 1_000_000;
const constant = (rate: number, seconds = Number.POSITIVE_INFINITY): RateStage => ({
  seconds,
  startRate: rate,
  endRate: rate,
});
const ramp = (startRate: number, endRate: number, seconds: number): RateStage => ({
  seconds,
  startRate,
  endRate,
});
const poisson = (stages: readonly RateStage[], seed = 1): Arrivals =>
  createPoissonArrivals(stages, (block) => createRandom(seed, 'arrivals', block));

/** The times up to `untilUs` of all starts, or of one worker's own, found as a worker finds them. */
function timesOf(
  arrivals: Arrivals,
  untilUs: number,
  share: ArrivalShare = { worker: 0, workers: 1 },
): number[] {
  const times: number[] = [];
  for (let index = firstOwnStart(0, share); arrivals.timeUs(index) <= untilUs; index += share.workers) {
    times.push(arrivals.timeUs(index));
  }
  return times;
}

function unionOf(create: () => Arrivals, untilUs: number, workers: number): number[] {
  const all = Array.from({ length: workers }, (_, worker) => timesOf(create(), untilUs, { worker, workers }));
  return all.flat().sort((a, b) => a - b);
}

const rate = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 300 }),
  fc.double({ min: 0.01, max: 300, noNaN: true }),
);
const stages: fc.Arbitrary<RateStage[]> = fc.array(
  fc.record({
    seconds: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0.05, max: 8, noNaN: true })),
    startRate: rate,
    endRate: rate,
  }),
  { minLength: 1, maxLength: 4 },
);
const lengthUs = (of: readonly RateStage[]): number =>
  Math.ceil(of.reduce((total, { seconds }) => total + seconds, 0) * SECOND_US);

describe('regular arrivals', () => {
  it('are computed from the start, so that they do not drift', () => {
    const arrivals = createRegularArrivals([constant(3)]);
    expect([0, 1, 2, 3, 3_000_001].map(arrivals.timeUs)).toEqual([
      0,
      333_333,
      666_667,
      SECOND_US,
      1_000_000_333_333,
    ]);
  });

  it('at one a minute are spread over 8 workers', () => {
    const arrivals = createRegularArrivals([constant(1 / 60)]);
    const own = Array.from({ length: 8 }, (_, worker) =>
      timesOf(arrivals, 599 * SECOND_US, { worker, workers: 8 }),
    );
    expect(own.map((times) => times.map((us) => us / SECOND_US))).toEqual([
      [0, 480],
      [60, 540],
      [120],
      [180],
      [240],
      [300],
      [360],
      [420],
    ]);
  });

  it('at 20,000 a second on 2 workers are 10,000 evenly spaced ones on each', () => {
    const arrivals = createRegularArrivals([constant(20_000, 1)]);
    for (const worker of [0, 1]) {
      const times = timesOf(arrivals, SECOND_US, { worker, workers: 2 });
      expect(times).toHaveLength(10_000);
      expect(times.every((us, i) => us === worker * 50 + i * 100)).toBe(true);
    }
  });

  it('of a ramp from 0 to 1,000 over 20 s are 10,000', () => {
    const arrivals = createRegularArrivals([ramp(0, 1_000, 20)]);
    expect(arrivals.countDue(20 * SECOND_US)).toBe(10_000);
    expect(arrivals.countDue(10 * SECOND_US - 1)).toBe(2_500);
    expect(arrivals.timeUs(2_500)).toBe(10 * SECOND_US);
    expect(arrivals.timeUs(10_000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('of a ramp down are those of the ramp up, the other way round', () => {
    const up = createRegularArrivals([ramp(0, 100, 4)]);
    const down = createRegularArrivals([ramp(100, 0, 4)]);
    expect(down.countDue(4 * SECOND_US)).toBe(200);
    for (const index of [1, 50, 199]) expect(4 * SECOND_US - down.timeUs(200 - index)).toBe(up.timeUs(index));
  });

  it('change their rate exactly where a stage ends, and wait where the rate is 0', () => {
    const arrivals = createRegularArrivals([constant(10, 1), constant(0, 5), constant(2, 1), ramp(2, 0, 1)]);
    expect([9, 10, 11, 12, 13].map((index) => arrivals.timeUs(index) / SECOND_US)).toEqual([
      0.9,
      6,
      6.5,
      7,
      Number.POSITIVE_INFINITY,
    ]);
    expect([-1, 0, 999_999, 5_999_999, 6_000_000, 9e9].map(arrivals.countDue)).toEqual([
      0, 1, 10, 10, 11, 13,
    ]);
  });

  it('begin a stage at its start also where rates have no exact sum', () => {
    // As numbers, 0.07 * 100 is a little more than 7, and ten times 0.1 a little less than 1.
    const arrivals = createRegularArrivals([
      constant(0.07, 100),
      constant(0, 5),
      ...Array.from({ length: 10 }, () => constant(0.1, 1)),
      constant(0, 5),
      constant(1, 1),
    ]);
    expect([7, 8, 9].map((index) => arrivals.timeUs(index) / SECOND_US)).toEqual([
      105,
      120,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('never come where the rate stays 0', () => {
    expect(createRegularArrivals([constant(0)]).timeUs(0)).toBe(Number.POSITIVE_INFINITY);
    expect(createRegularArrivals([]).timeUs(0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are the integral of the rate, rounded up, at any time', () => {
    fc.assert(
      fc.property(stages, fc.double({ min: 0, max: 1, noNaN: true }), (any, part) => {
        const untilUs = Math.floor(part * lengthUs(any));
        const integral = new RateCurve(any).countAt(untilUs / SECOND_US);
        const due = createRegularArrivals(any).countDue(untilUs);
        expect(due - integral).toBeGreaterThan(-1e-3);
        expect(due - integral).toBeLessThan(1 + 1e-3);
      }),
      { numRuns: 500 },
    );
  });
});

describe.each<[string, (stages: readonly RateStage[]) => Arrivals]>([
  ['regular', createRegularArrivals],
  ['Poisson', poisson],
])('%s arrivals', (_name, create) => {
  it('of all workers together are those of one worker', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 16 }), (any, workers) => {
        const untilUs = lengthUs(any);
        expect(unionOf(() => create(any), untilUs, workers)).toEqual(timesOf(create(any), untilUs));
      }),
      { numRuns: 50 },
    );
  });

  it('ascend, and are counted as they are timed', () => {
    fc.assert(
      fc.property(stages, fc.double({ min: 0, max: 1.1, noNaN: true }), (any, part) => {
        const arrivals = create(any);
        const times = timesOf(arrivals, lengthUs(any));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const untilUs = part * lengthUs(any);
        const due = times.filter((us) => us <= untilUs).length;
        expect(arrivals.countDue(untilUs)).toBe(due);
        if (due > 0) expect(arrivals.countDue((times[due - 1] as number) - 0.01)).toBeLessThan(due);
      }),
      { numRuns: 100 },
    );
  });
});

describe('Poisson arrivals', () => {
  it('are the same for the same seed, in whatever order one asks, and others for another', () => {
    const indexes = [5_000, 3, 2_047, 2_048, 1_023, 1_024, 0, 9_999];
    const at = (seed: number, order: readonly number[]): Map<number, number> => {
      const arrivals = poisson([constant(100)], seed);
      return new Map(order.map((index) => [index, arrivals.timeUs(index)]));
    };
    expect(at(1, indexes.toReversed())).toEqual(at(1, indexes));
    expect(at(2, indexes)).not.toEqual(at(1, indexes));
  });

  it('keep to the rate on average and vary as a Poisson process does', () => {
    const seconds = 2_000;
    const times = timesOf(poisson([constant(20)]), seconds * SECOND_US);
    const counts = Array.from({ length: seconds }, () => 0);
    for (const us of times)
      counts[Math.floor(us / SECOND_US)] = (counts[Math.floor(us / SECOND_US)] ?? 0) + 1;
    const mean = times.length / seconds;
    const variance = counts.reduce((total, count) => total + (count - mean) ** 2, 0) / seconds;
    // Four standard errors: of a mean of 20 over 2,000 seconds 0.4, of the variance 2.6.
    expect(Math.abs(mean - 20)).toBeLessThan(0.4);
    expect(Math.abs(variance - 20)).toBeLessThan(2.6);
  });

  it('have exponential gaps, at the borders of blocks too', () => {
    const times = timesOf(poisson([constant(1)]), 40_000 * SECOND_US);
    const gaps = times.slice(1).map((us, i) => (us - (times[i] as number)) / SECOND_US);
    for (const length of [0.1, 0.7, 2, 4]) {
      const share = gaps.filter((gap) => gap > length).length / gaps.length;
      expect(Math.abs(share - Math.exp(-length))).toBeLessThan(0.01);
    }
  });

  it('follow a ramp', () => {
    const arrivals = poisson([ramp(0, 2_000, 10)]);
    // A quarter of 10,000 in the first half, within four standard deviations.
    expect(Math.abs(arrivals.countDue(5 * SECOND_US) - 2_500)).toBeLessThan(200);
    expect(Math.abs(arrivals.countDue(10 * SECOND_US) - 10_000)).toBeLessThan(400);
    expect(arrivals.timeUs(11_000)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('RateCurve', () => {
  it('has an inverse', () => {
    const curve = new RateCurve([ramp(10, 20, 2), constant(5, 4)]);
    expect(curve.count).toBe(50);
    for (const seconds of [0, 0.5, 1.9, 2, 3.3])
      expect(curve.secondsAt(curve.countAt(seconds))).toBeCloseTo(seconds, 9);
    expect([curve.countAt(-1), curve.countAt(99)]).toEqual([0, 50]);
    expect(new RateCurve([constant(0)]).count).toBe(0);
  });

  it('refuses what cannot be, all at once', () => {
    const wrong = [constant(-1, 1), ramp(1, Number.NaN, 0), constant(1), constant(20_000_000, 1)];
    expect(() => new RateCurve(wrong)).toThrow(
      [
        'rate stage 1: a rate of -1 a second; it has to be from 0 to 10000000',
        'rate stage 2: a rate of NaN a second; it has to be from 0 to 10000000',
        'rate stage 2: a duration of 0 s; it has to be above 0',
        'rate stage 3: only the last stage, with one rate, can last for ever',
        'rate stage 4: a rate of 20000000 a second; it has to be from 0 to 10000000',
      ].join('\n'),
    );
  });
});
