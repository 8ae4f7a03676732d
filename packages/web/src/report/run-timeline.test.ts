import type { ReportData } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createTimeline, perSecond, shownSpans, spanTimes } from './run-timeline.ts';

describe('the time line of a run', () => {
  it('has stages as stretches, and everything else as marks', () => {
    const run = {
      durationSeconds: 60,
      events: [
        { second: 0, kind: 'stage', text: 'stage up began', values: { stage: 'up' } },
        { second: 20, kind: 'workerLost', text: 'worker 2 was lost' },
        { second: 30, kind: 'stage', text: 'stage steady began', values: { stage: 'steady' } },
        { second: 40, kind: 'users', text: 'users changed from 10 to 20' },
        { second: 50, kind: 'stage', text: 'stage steady ended' },
      ],
    } as const;
    expect(createTimeline(run as unknown as ReportData)).toEqual({
      bands: [],
      stages: [
        { name: 'up', fromSecond: 0, toSecond: 30 },
        { name: 'steady', fromSecond: 30, toSecond: 50 },
      ],
      marks: [
        { second: 20, text: 'worker 2 was lost', isBad: true },
        { second: 40, text: 'users changed from 10 to 20', isBad: false },
      ],
    });
  });

  it('has the thirds that the drift compares', () => {
    const run = { durationSeconds: 60, events: [], drift: { fromSecond: 10, seconds: 32, changes: [] } };
    expect(createTimeline(run as unknown as ReportData).bands).toEqual([
      { name: 'first third', fromSecond: 10, toSecond: 20 },
      { name: 'last third', fromSecond: 32, toSecond: 42 },
    ]);
  });

  it('has rates per second, whatever the spans', () => {
    expect(spanTimes(3, 2)).toEqual([0, 2, 4]);
    expect(perSecond([10, 4], 2)).toEqual([5, 2]);
  });

  it('leaves out a last span that the run ended early in', () => {
    expect(shownSpans(13, 1, 12.02)).toBe(12);
    expect(shownSpans(13, 1, 12.9)).toBe(13);
    expect(shownSpans(1, 1, 0.2)).toBe(1);
  });
});
