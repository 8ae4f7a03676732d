import { describe, expect, it } from 'vitest';
import { isForeground } from './is-foreground.ts';

describe('isForeground', () => {
  it('is where the terminal belongs to the group of this process', () => {
    expect(isForeground(() => '42 (a b) c) S 7 42 7 34816 42 4194304 1')).toBe(true);
    expect(isForeground(() => '42 (a b) c) S 7 42 7 34816 7 4194304 1')).toBe(false);
  });

  it('is assumed where nobody can tell', () => {
    const fail = (): string => {
      throw new Error('ENOENT');
    };
    expect(isForeground(fail)).toBe(true);
  });
});
