import { describe, expect, it } from 'vitest';
import { listListeners } from './list-listeners.ts';

describe('listListeners', () => {
  it('finds the functions of lists in lists, in order', () => {
    const [a, b, c] = [() => 1, () => 2, () => 3];
    expect(listListeners(undefined)).toEqual([]);
    expect(listListeners(a)).toEqual([a]);
    expect(listListeners([a, undefined, [b, [c]], a])).toEqual([a, b, c, a]);
  });
});
