import { describe, expect, it } from 'vitest';
import { formatArrivals } from './format-arrivals.ts';
import { sampleReport } from './sample-report.case.ts';

const style = { width: 160, color: false };
const arrivals = { asked: 4_000, started: 4_000, dropped: 0, left: 0, lost: 0, queuedMost: 0, maxUsers: 50 };

describe('the line of arrivals', () => {
  it('is not there in a closed model', () => {
    expect(formatArrivals(sampleReport(), style)).toEqual([]);
  });

  it('says nothing of what did not happen', () => {
    expect(formatArrivals(sampleReport({ arrivals }), style)).toEqual([
      'Arrivals: 4,000 asked, 4,000 started',
    ]);
  });

  it('tells apart why arrivals did not start', () => {
    const counts = { ...arrivals, started: 3_900, dropped: 40, left: 37, lost: 23, queuedMost: 38 };
    expect(formatArrivals(sampleReport({ arrivals: counts }), style)).toEqual([
      'Arrivals: 4,000 asked, 3,900 started, 40 dropped, 37 still waiting at the end, 23 lost; up to 38 waited for a user',
    ]);
  });
});
