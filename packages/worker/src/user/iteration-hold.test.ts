import { describe, expect, it } from 'vitest';
import { IterationHold } from './iteration-hold.ts';

describe('IterationHold', () => {
  it('wakes who waits when the last reason is gone', () => {
    const hold = new IterationHold();
    let woken = 0;
    hold.hold('silence');
    hold.hold('pause');
    hold.whenReleased(() => woken++);
    hold.release('silence');
    expect([hold.held, woken]).toEqual([true, 0]);
    hold.release('pause');
    hold.release('pause');
    expect([hold.held, woken]).toEqual([false, 1]);
  });

  it('is not released by the end of another reason', () => {
    const hold = new IterationHold();
    hold.hold('pause');
    hold.release('silence');
    expect(hold.held).toBe(true);
  });
});
