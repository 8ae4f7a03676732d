import { describe, expect, it } from 'vitest';
import { LagGrid } from './lag-grid.ts';

/** One second in which the event loop was busy at these times, in milliseconds. */
function secondWith(pauses: readonly { readonly at: number; readonly ms: number }[]): number {
  const grid = new LagGrid(0);
  for (let ms = 0; ms <= 1_000; ms++) {
    const isBusy = pauses.some((pause) => ms >= pause.at && ms < pause.at + pause.ms);
    if (!isBusy) grid.wake(ms * 1_000);
  }
  return grid.takeP99Us() / 1_000;
}

describe('the lag of an event loop', () => {
  it('is nothing where it always has time', () => {
    expect(secondWith([])).toBe(0);
  });

  it('does not count a pause that less than 1 % of all requests would meet', () => {
    expect(secondWith([{ at: 101, ms: 9 }])).toBe(0);
  });

  it('is what the 1 % would meet that come at the wrong time', () => {
    expect(secondWith([{ at: 100, ms: 50 }])).toBeCloseTo(40, 1);
    expect(secondWith([0, 1, 2, 3].map((nth) => ({ at: 100 + nth * 200, ms: 50 })))).toBeCloseTo(50, 1);
  });

  it('is that of the time since it was last taken', () => {
    const grid = new LagGrid(0);
    grid.wake(500_000);
    expect(grid.takeP99Us()).toBeGreaterThan(400_000);
    expect(grid.takeP99Us()).toBe(0);
    expect(grid.restMs(500_000)).toBe(10);
    expect(grid.restMs(520_000)).toBe(0);
  });
});
