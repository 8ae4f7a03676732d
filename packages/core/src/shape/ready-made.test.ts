import { describe, expect, it } from 'vitest';
import { PROFILES, spike, steps } from './ready-made.ts';
import { followShape, tickAt } from './run-shape.case.ts';
import { doubleWave, wave } from './waves.ts';

describe('steps', () => {
  it('add as many users each time', () => {
    expect(followShape(steps({ users: 5, every: '3s', count: 3 }))).toEqual([
      5, 5, 5, 10, 10, 10, 15, 15, 15,
    ]);
  });

  it('take their time where there is a spawn rate', () => {
    const shape = steps({ users: 4, every: 3, count: 2, spawnRate: 2 });
    expect(followShape(shape)).toEqual([2, 4, 4, 6, 8, 8]);
    expect(tickAt(shape, 3)?.stage).toBe('step 2');
  });

  it.each([0, 1.5, 10_001, Number.NaN])('cannot be %d', (count) => {
    expect(() => steps({ users: 1, every: 1, count })).toThrow(
      `${count} is not a number of steps from 1 to 10000`,
    );
  });
});

describe('spike', () => {
  it('is many users between a few', () => {
    const shape = spike({ users: 2, peakUsers: 90, before: '2s', duration: 3, after: '1s' });
    expect(followShape(shape)).toEqual([2, 2, 90, 90, 90, 2]);
    expect([0, 2, 5].map((second) => tickAt(shape, second)?.stage)).toEqual(['before', 'spike', 'after']);
  });

  it('takes its time where there is a spawn rate', () => {
    const shape = spike({ users: 2, peakUsers: 8, before: 2, duration: 4, after: 3, spawnRate: 2 });
    expect(followShape(shape)).toEqual([2, 2, 4, 6, 8, 8, 6, 4, 2]);
  });
});

describe('wave', () => {
  const shape = wave({ minUsers: 10, maxUsers: 50, period: '20s', runTime: '40s' });

  it('goes up and down between its bounds, and ends', () => {
    const users = followShape(shape);
    expect(users).toHaveLength(40);
    expect([4, 9, 14, 19, 29, 39].map((second) => users[second])).toEqual([30, 50, 30, 10, 50, 10]);
    expect([Math.min(...users), Math.max(...users)]).toEqual([10, 50]);
  });

  it('refuses what cannot be, all at once', () => {
    expect(() => wave({ minUsers: -1, maxUsers: 2.5, period: 0, runTime: 'x' })).toThrow(
      [
        'minUsers: -1 is not a number of users',
        'maxUsers: 2.5 is not a number of users',
        'period: 0 is not a duration above 0',
        'runTime: "x" is not a duration above 0',
      ].join('\n'),
    );
  });
});

describe('doubleWave', () => {
  it('has a peak at a third and one at two thirds of the time', () => {
    const users = followShape(
      doubleWave({ minUsers: 5, firstPeakUsers: 100, secondPeakUsers: 60, runTime: '30s' }),
    );
    expect(users).toHaveLength(30);
    expect([0, 9, 14, 19, 29].map((second) => users[second])).toEqual([5, 100, 5, 60, 5]);
  });

  it('refuses what cannot be', () => {
    const options = { minUsers: 1, firstPeakUsers: 2, secondPeakUsers: Number.NaN, runTime: 0 };
    expect(() => doubleWave(options)).toThrow(
      'secondPeakUsers: NaN is not a number of users\nrunTime: 0 is not a duration above 0',
    );
  });
});

describe('the profiles', () => {
  const options = { users: 40, spawnRate: 20, runTime: '40s' };

  it('ramp up until the end, or at the spawn rate', () => {
    const slowly = followShape(PROFILES['ramp-up']({ ...options, spawnRate: undefined }));
    expect(slowly).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(followShape(PROFILES['ramp-up'](options)).slice(0, 4)).toEqual([20, 40, 40, 40]);
  });

  it('sustain a load', () => {
    const users = followShape(PROFILES.sustained(options));
    expect(users).toEqual([20, ...Array.from({ length: 39 }, () => 40)]);
  });

  it('spike from a tenth of the users', () => {
    const users = followShape(PROFILES.spike(options));
    expect([0, 15, 16, 23, 24, 39].map((second) => users[second])).toEqual([4, 4, 40, 40, 4, 4]);
    expect(users).toHaveLength(40);
  });

  it('soak for long', () => {
    const users = followShape(PROFILES.soak(options));
    expect([0, 1, 2, 37, 38, 39].map((second) => users[second])).toEqual([20, 40, 40, 40, 20, 0]);
    expect(users).toHaveLength(40);
  });
});
