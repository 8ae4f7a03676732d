import { describe, expect, it } from 'vitest';
import { createLatch } from './latch.ts';

describe('a latch', () => {
  it('lets those through who wait and those who come later', async () => {
    const latch = createLatch();
    const waiting = latch.opened;
    latch.open();
    latch.open();
    await expect(waiting).resolves.toBeUndefined();
    await expect(latch.opened).resolves.toBeUndefined();
  });
});
