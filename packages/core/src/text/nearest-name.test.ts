import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestName, suggest } from './nearest-name.ts';

const NAMES = ['--users', '--spawn-rate', '--run-time', '--host', 'spawnRate', 'LOADTS_USERS', 'run'];

describe('nearestName', () => {
  it.each([
    ['--user', '--users'],
    ['--uesrs', '--users'],
    ['--usrs', '--users'],
    ['--hots', '--host'],
    ['--spawn_rate', '--spawn-rate'],
    ['runTime', '--run-time'],
    ['--spawnRte', '--spawn-rate'],
    ['LOADTS_USER', 'LOADTS_USERS'],
    ['rnu', 'run'],
    ['--RUN-TIME', '--run-time'],
    ['--banana', undefined],
    ['x', undefined],
    ['', undefined],
  ])('finds for %s what was meant', (name, nearest) => {
    expect(nearestName(name, NAMES)).toBe(nearest);
  });

  it('finds a name again after any one character of it was lost', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('--users', '--stop-timeout', '--processes'),
        fc.nat(20),
        (name, position) => {
          const index = 2 + (position % (name.length - 2));
          expect(nearestName(name.slice(0, index) + name.slice(index + 1), [...NAMES, name])).toBe(name);
        },
      ),
    );
  });

  it('prefers the nearer of two', () => {
    expect(nearestName('users', ['userz', 'users'])).toBe('users');
  });
});

describe('suggest', () => {
  it('asks for the nearest name, or gives the other advice', () => {
    expect(suggest('--user', NAMES, 'see --help')).toBe('did you mean --users?');
    expect(suggest('--banana', NAMES, 'see --help')).toBe('see --help');
  });
});
