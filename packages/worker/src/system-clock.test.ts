import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from './system-clock.ts';

function fakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
}

describe('systemClock', () => {
  it('counts whole microseconds and never goes back', () => {
    const stamps = Array.from({ length: 1_000 }, () => systemClock.nowUs());
    expect(stamps.every(Number.isSafeInteger)).toBe(true);
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
  });

  it('wakes once, after the delay', () => {
    fakeTimers();
    const wake = vi.fn<() => void>();
    systemClock.schedule(500, wake);
    vi.advanceTimersByTime(499);
    expect(wake).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('does not wake once it is cancelled', () => {
    fakeTimers();
    const wake = vi.fn<() => void>();
    const cancel = systemClock.schedule(500, wake);
    vi.advanceTimersByTime(400);
    cancel();
    vi.advanceTimersByTime(10_000);
    expect(wake).not.toHaveBeenCalled();
  });

  it('never wakes early, whatever the timers of Node round to', async () => {
    for (const delayMs of [0.2, 1.4, 2.9, 3.5]) {
      const startUs = systemClock.nowUs();
      await new Promise<void>((resolve) => systemClock.schedule(delayMs, resolve));
      expect(systemClock.nowUs() - startUs).toBeGreaterThanOrEqual(delayMs * 1_000 - 1);
    }
  });

  it('waits longer than any timer of Node can', () => {
    fakeTimers();
    const days = 24 * 3_600_000;
    const wake = vi.fn<() => void>();
    systemClock.schedule(60 * days, wake);
    vi.advanceTimersByTime(59.9 * days);
    expect(wake).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0.2 * days);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('can be told to wait for ever', () => {
    fakeTimers();
    const wake = vi.fn<() => void>();
    const cancel = systemClock.schedule(Number.POSITIVE_INFINITY, wake);
    vi.advanceTimersByTime(1e10);
    expect(wake).not.toHaveBeenCalled();
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});
