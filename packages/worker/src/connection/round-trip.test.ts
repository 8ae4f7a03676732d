import type { WorkerMessage } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { RoundTrip } from './round-trip.ts';

/** Pings that are answered after so many milliseconds each. */
function measure(...answersMs: readonly number[]) {
  const clock = new FakeClock(99);
  const sent: WorkerMessage[] = [];
  const roundTrip = new RoundTrip(clock, (message) => sent.push(message));
  roundTrip.measure();
  const done = answersMs.map((ms) => {
    clock.jump(ms);
    return roundTrip.pong((sent.at(-1) as { readonly id: number }).id);
  });
  return { roundTrip, sent, done, clock };
}

describe('RoundTrip', () => {
  it('makes five pings, one after the other, and keeps the best', () => {
    const { roundTrip, sent, done } = measure(30, 12.345, 50, 20, 13);
    expect(sent).toEqual([1, 2, 3, 4, 5].map((id) => ({ type: 'ping', id })));
    expect(done).toEqual([false, false, false, false, true]);
    expect(roundTrip.bestUs).toBe(12_345);
  });

  it('knows the best so far before all are made, and 0 before the first', () => {
    expect(measure().roundTrip.bestUs).toBe(0);
    expect(measure(30, 40).roundTrip.bestUs).toBe(30_000);
  });

  it('ignores answers to other pings', () => {
    const { roundTrip, sent, clock } = measure(30);
    clock.jump(1);
    expect([roundTrip.pong(1), roundTrip.pong(3), roundTrip.pong(0)]).toEqual([false, false, false]);
    expect([roundTrip.bestUs, sent.length]).toEqual([30_000, 2]);
  });
});
