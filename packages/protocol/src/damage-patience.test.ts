import { expect, it } from 'vitest';
import { DamagePatience } from './damage-patience.ts';

it('a message that cannot be right is borne three times in a row, and anew after one that was', () => {
  const patience = new DamagePatience();
  const bears = (received: number, times: number) =>
    Array.from({ length: times }, () => patience.bears(received));
  expect(bears(5, 4)).toEqual([true, true, true, false]);
  expect(bears(6, 2)).toEqual([true, true]);
});
