import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { IterationHold } from './iteration-hold.ts';
import { PauseFollower } from './pause-follower.ts';

function createFollower() {
  const clock = new FakeClock(5_000_000);
  const hold = new IterationHold();
  const follower = new PauseFollower({ clock, startUs: 4_000_000, hold });
  const order = (paused: boolean, atUs: number): void => follower.follow({ type: 'pause', paused, atUs });
  return { clock, hold, follower, order };
}

describe('PauseFollower', () => {
  it('holds from the moment that the master names, or at once where that is past', async () => {
    const { clock, hold, order } = createFollower();
    order(true, 1_500_000);
    await clock.advance(499);
    expect(hold.held).toBe(false);
    await clock.advance(1);
    expect(hold.held).toBe(true);
    order(false, 1_000_000);
    expect(hold.held).toBe(false);
  });

  it('forgets a pause that another order overtakes', async () => {
    const { clock, hold, order } = createFollower();
    order(true, 1_500_000);
    order(false, 0);
    await clock.advance(1_000);
    expect(hold.held).toBe(false);
  });

  it('leaves no timer behind', () => {
    const { clock, follower, order } = createFollower();
    order(true, 1_500_000);
    follower.stop();
    expect(clock.pending).toBe(0);
  });
});
