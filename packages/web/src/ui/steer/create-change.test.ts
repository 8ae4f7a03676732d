import { describe, expect, it } from 'vitest';
import { createChange } from './create-change.ts';

const TYPED = { users: '20', spawnRate: '5', rate: '50', maxUsers: '100' };

describe('a change of the load', () => {
  it('is one of users and spawn rate where users rule', () => {
    expect(createChange({ model: 'closed' }, TYPED)).toEqual({
      kind: 'users',
      request: { users: 20, spawnRate: 5 },
    });
    expect(createChange({ model: 'closed' }, { ...TYPED, spawnRate: ' all ' }).request).toEqual({
      users: 20,
      spawnRate: 'all',
    });
  });

  it('is one of the arrival rate in an open run', () => {
    expect(createChange({ model: 'open' }, TYPED)).toEqual({
      kind: 'rate',
      request: { rate: 50, maxUsers: 100 },
    });
  });

  it('leaves alone what stands nowhere', () => {
    expect(createChange({ model: 'closed' }, { ...TYPED, users: ' ' }).request).toEqual({ spawnRate: 5 });
  });

  it('is refused where a text is no number', () => {
    expect(() => createChange({ model: 'closed' }, { ...TYPED, users: 'many' })).toThrow(
      'users: "many" is not a number',
    );
  });
});
