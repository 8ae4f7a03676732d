import { describe, expect, it } from 'vitest';
import { RecentArrivals } from './recent-arrivals.ts';

describe('RecentArrivals', () => {
  it('has the means of the last seconds without the newest, and all that were dropped', () => {
    const recent = new RecentArrivals();
    for (let second = 0; second < 20; second++) {
      recent.add(second, { asked: second < 10 ? 100 : 6, started: 2, dropped: 1 });
      recent.add(second, { asked: 4, started: 3, dropped: 0 });
    }
    expect(recent.describe(21)).toEqual({ askedPerSecond: 10, startedPerSecond: 5, dropped: 20 });
  });

  it('covers less at the beginning, and nothing before', () => {
    const recent = new RecentArrivals();
    recent.add(0, { asked: 8, started: 6, dropped: 2 });
    expect(recent.describe(0.5)).toEqual({ askedPerSecond: 0, startedPerSecond: 0, dropped: 2 });
    expect(recent.describe(2)).toEqual({ askedPerSecond: 8, startedPerSecond: 6, dropped: 2 });
  });

  it('says nothing where no scenario is an open one', () => {
    expect(new RecentArrivals().describe(5)).toBeUndefined();
  });
});
