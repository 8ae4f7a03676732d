import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../fake-clock.case.ts';
import { schedulePrecisely } from './schedule-precisely.ts';

function schedule(delayMs: number) {
  const clock = new FakeClock();
  const rungUs: number[] = [];
  const cancel = schedulePrecisely(clock, delayMs, () => rungUs.push(clock.nowUs()));
  return { clock, rungUs, cancel };
}

describe('schedulePrecisely', () => {
  it.each([1, 2.5, 10])('rings once after %s ms', async (delayMs) => {
    const { clock, rungUs } = schedule(delayMs);
    await clock.advance(delayMs - 0.01);
    expect(rungUs).toEqual([]);
    await clock.advance(20);
    expect(rungUs).toEqual([delayMs * 1_000]);
    expect(clock.pending).toBe(0);
  });

  it('needs no alarm for the last moment', async () => {
    const { clock, rungUs } = schedule(10);
    await clock.advance(9);
    clock.jump(1.02);
    await settle();
    expect(rungUs).toEqual([10_020]);
  });

  it.each([5, 9])('can be cancelled after %s of 10 ms', async (afterMs) => {
    const { clock, rungUs, cancel } = schedule(10);
    await clock.advance(afterMs);
    cancel();
    await clock.advance(20);
    expect([rungUs, clock.pending]).toEqual([[], 0]);
  });
});
