import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestDeadline } from './request-deadline.ts';

const LIMITS = { totalMs: 0, connectMs: 0, headersMs: 0, bodyMs: 100 };

describe('RequestDeadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('lets no time of the body pass while it waits for its reader', () => {
    const codes: string[] = [];
    const deadline = new RequestDeadline(({ code }) => void codes.push(code));
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
    const deadline = new RequestDeadline(({ code }) => void codes.push(code));
    deadline.start({ ...LIMITS, totalMs: 500 }, 200);
    deadline.headed();
    deadline.pause();
    vi.advanceTimersByTime(290);
    expect(codes).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(codes).toEqual(['TIMEOUT']);
  });
});
