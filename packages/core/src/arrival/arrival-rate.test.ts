import { describe, expect, it } from 'vitest';
import { createArrivals, planSeconds } from './arrival-plan.ts';
import { arrivalRate, rampingArrivalRate } from './arrival-rate.ts';

describe('arrivalRate', () => {
  it('goes on for ever at its rate, and drops arrivals beyond 1,000 users', () => {
    const { plan } = arrivalRate({ rate: 500 });
    expect(plan).toEqual({
      stages: [{ seconds: Number.POSITIVE_INFINITY, startRate: 500, endRate: 500 }],
      maxUsers: 1_000,
      whenBusy: 'drop',
      poisson: false,
    });
    expect(planSeconds(plan)).toBe(Number.POSITIVE_INFINITY);
    expect(createArrivals(plan, 1).timeUs(500)).toBe(1_000_000);
  });

  it('says all that is wrong at once', () => {
    const wrong = { rate: 0, maxUsers: 0, whenBusy: 'wait', poisson: 1 } as never;
    expect(() => arrivalRate(wrong)).toThrow(
      [
        'rate: 0 is not a number above 0 up to 10000000',
        'maxUsers: 0 is not a number of users above 0',
        'whenBusy: "wait" is neither "drop" nor "queue"',
        'poisson: 1 is neither true nor false',
      ].join('\n'),
    );
  });
});

describe('rampingArrivalRate', () => {
  it('is linear from the rate before, and ends with its last stage', () => {
    const { plan } = rampingArrivalRate(
      [
        { duration: '20s', rate: 1_000 },
        { duration: 5, rate: 0 },
      ],
      { startRate: 10, maxUsers: 7, whenBusy: 'queue', poisson: true },
    );
    expect(plan).toEqual({
      stages: [
        { seconds: 20, startRate: 10, endRate: 1_000 },
        { seconds: 5, startRate: 1_000, endRate: 0 },
      ],
      maxUsers: 7,
      whenBusy: 'queue',
      poisson: true,
    });
    expect(planSeconds(plan)).toBe(25);
  });

  it('from 0 to 1,000 over 20 s starts 10,000', () => {
    const { plan } = rampingArrivalRate([{ duration: '20s', rate: 1_000 }]);
    expect(createArrivals(plan, 1).countDue(20_000_000)).toBe(10_000);
  });

  it('is at random from the seed alone', () => {
    const { plan } = rampingArrivalRate([{ duration: '20s', rate: 100 }], { poisson: true });
    const times = (seed: number): number[] => [1, 2, 3].map((i) => createArrivals(plan, seed).timeUs(i));
    expect(times(1)).toEqual(times(1));
    expect(times(1)).not.toEqual(times(2));
  });

  it('says all that is wrong at once', () => {
    const targets = [
      { duration: 'long', rate: -1 },
      { duration: 0, rate: 5 },
    ] as const;
    expect(() => rampingArrivalRate(targets, { startRate: Number.NaN })).toThrow(
      [
        'stage 1: rate: -1 is not a number from 0 up to 10000000',
        'stage 1: "long" is not a duration',
        'stage 2: its duration is 0',
        'startRate: NaN is not a number from 0 up to 10000000',
      ].join('\n'),
    );
    expect(() => rampingArrivalRate([])).toThrow('there are no stages');
  });
});
