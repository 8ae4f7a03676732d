import { describe, expect, it } from 'vitest';
import { matchesSelectors, needAggregate } from './matches-selectors.ts';
import type { Selector, SelectorField } from './threshold.ts';

const one = (field: SelectorField, value: string): Selector[] => [{ field, value }];
const key = { method: 'Get', name: '/a', scenario: 'shop', class: 'Buyer', tags: ['slow', 'read'] };

describe('matchesSelectors', () => {
  it.each<[SelectorField, string, boolean]>([
    ['method', 'gET', true],
    ['method', 'POST', false],
    ['name', '/a', true],
    ['name', '/A', false],
    ['scenario', 'shop', true],
    ['class', 'Buyer', true],
    ['class', 'buyer', false],
    ['tag', 'read', true],
    ['tag', 'write', false],
    ['stage', 'any', true],
  ])('compares %s with %j', (field, value, matches) => {
    expect(matchesSelectors(one(field, value), key)).toBe(matches);
  });

  it('asks for all of them', () => {
    expect(matchesSelectors([...one('name', '/a'), ...one('tag', 'slow')], key)).toBe(true);
    expect(matchesSelectors([...one('name', '/a'), ...one('tag', 'x')], key)).toBe(false);
    expect(matchesSelectors([], key)).toBe(true);
  });

  it('does not match what is not known', () => {
    for (const field of ['method', 'name', 'scenario', 'class', 'tag'] as const) {
      expect(matchesSelectors(one(field, ''), {})).toBe(false);
    }
  });
});

describe('needAggregate', () => {
  it('is true for tags and classes alone', () => {
    expect((['tag', 'class'] as const).every((field) => needAggregate(one(field, 'x')))).toBe(true);
    const others = ['method', 'name', 'scenario', 'stage'] as const;
    expect(others.some((field) => needAggregate(one(field, 'x')))).toBe(false);
    expect(needAggregate([...one('name', '/'), ...one('tag', 'x')])).toBe(true);
  });
});
