import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../system-clock.ts';
import { RequestDeadline } from './request-deadline.ts';

const LIMITS = { totalMs: 0, connectMs: 0, headersMs: 0, bodyMs: 100 };

describe('RequestDeadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('lets no time of the body pass while it waits for its reader', () => {
    const codes: string[] = [];
    const deadline = new RequestDeadline(systemClock, ({ code }) => void codes.push(code));
    deadline.start(LIMITS, 0);
    deadline.headed();
    vi.advanceTimersByTime(90);
    deadline.pause();
    vi.advanceTimersByTime(1_000);
    deadline.resume();
    vi.advanceTimersByTime(90);
    expect(codes).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(codes).toEqual(['BODY_TIMEOUT']);
  });

  it('lets the total run on meanwhile', () => {
    const codes: string[] = [];
    const deadline = new RequestDeadline(systemClock, ({ code }) => void codes.push(code));
    deadline.start({ ...LIMITS, totalMs: 500 }, 200);
    deadline.headed();
    deadline.pause();
    vi.advanceTimersByTime(290);
    expect(codes).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(codes).toEqual(['TIMEOUT']);
  });

  it('gives each request its own time, whenever the one before began', () => {
    const codes: string[] = [];
    const deadline = new RequestDeadline(systemClock, ({ code }) => void codes.push(code));
    const limits = { ...LIMITS, totalMs: 500 };
    deadline.start(limits, 0);
    vi.advanceTimersByTime(400);
    deadline.end();
    deadline.start(limits, 0);
    vi.advanceTimersByTime(490);
    expect(codes).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(codes).toEqual(['TIMEOUT']);
  });

  it('gives a request less time than the one before where it wants less', () => {
    const codes: string[] = [];
    const deadline = new RequestDeadline(systemClock, ({ code }) => void codes.push(code));
    deadline.start({ ...LIMITS, totalMs: 500 }, 0);
    deadline.end();
    deadline.start({ ...LIMITS, totalMs: 50 }, 0);
    vi.advanceTimersByTime(60);
    expect(codes).toEqual(['TIMEOUT']);
  });

  it('says nothing where no request is under way', () => {
    const codes: string[] = [];
    const deadline = new RequestDeadline(systemClock, ({ code }) => void codes.push(code));
    deadline.start({ ...LIMITS, totalMs: 500 }, 0);
    deadline.end();
    vi.advanceTimersByTime(2_000);
    expect(codes).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
