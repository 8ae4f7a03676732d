import type { ScenarioReport } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { describeArrivals, describeLoad } from './scenario-load.ts';

const TIMES = { name: 'a', startSecond: 10, endSecond: 30 };
const OPEN = {
  ...TIMES,
  arrivals: { asked: 1_000, started: 960, dropped: 40, left: 0, lost: 0, queuedMost: 3, maxUsers: 1 },
} as unknown as ScenarioReport;
const CLOSED = { ...TIMES, peakUsers: 1_200 } as unknown as ScenarioReport;

describe('the load of a scenario', () => {
  it('is its most users, or its rate', () => {
    expect(describeLoad(CLOSED)).toBe('1,200 users');
    expect(describeLoad(OPEN)).toBe('50.0/s, up to 1 user');
    expect(describeLoad({ ...OPEN, endSecond: 10 })).toBe('0.00/s, up to 1 user');
    expect(describeLoad({ ...CLOSED, peakUsers: undefined })).toBe('–');
  });

  it('has iterations only where a rate asks for them', () => {
    expect(describeArrivals(CLOSED)).toBe('–');
    expect(describeArrivals(OPEN)).toBe('960 of 1,000, 40 dropped');
  });
});
