import { describe, expect, it } from 'vitest';
import { ScriptCache } from './script-cache.ts';

const script = (hash: string, code = hash) => ({ hash, code });

describe('the cache of scripts', () => {
  it('gives back what it was given, under its hash', () => {
    const cache = new ScriptCache();
    cache.add(script('a'));
    expect([cache.get('a'), cache.get('b')]).toEqual([script('a'), undefined]);
  });

  it('keeps four, and lets the one go that was not wanted for longest', () => {
    const cache = new ScriptCache();
    for (const hash of ['a', 'b', 'c', 'd']) cache.add(script(hash));
    cache.get('a');
    cache.add(script('e'));
    expect(['a', 'b', 'c', 'd', 'e'].filter((hash) => cache.get(hash))).toEqual(['a', 'c', 'd', 'e']);
  });

  it('keeps no more than 64 Mi characters', () => {
    const cache = new ScriptCache();
    const large = 'x'.repeat(30 * 1024 * 1024);
    for (const hash of ['a', 'b', 'c']) cache.add(script(hash, large));
    expect(['a', 'b', 'c'].filter((hash) => cache.get(hash))).toEqual(['b', 'c']);
  });
});
