import { describe, expect, it } from 'vitest';
import { reconnectDelay } from './reconnect-delay.ts';

describe('the wait before another attempt to connect', () => {
  it('grows up to ten seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 500].map((attempt) => reconnectDelay(attempt, 1))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
  });

  it('is never less than half of that', () => expect(reconnectDelay(1, 0)).toBe(500));
});
