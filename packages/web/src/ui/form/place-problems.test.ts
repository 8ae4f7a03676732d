import { describe, expect, it } from 'vitest';
import { placeProblems } from './place-problems.ts';

const NAMES = ['users', 'spawnRate', 'thresholds', 'host', 'args.tenant'];

describe('what the server says of the form', () => {
  it('stands at the fields that it is about', () => {
    const message = [
      '4 problems with what loadts was told:',
      '  --users: "0" is too small',
      '  --spawn-rate: "-3" is not a spawn rate',
      '  --threshold: p95 << 3 cannot be read',
      '    p95 << 3',
      '  --arg tenant: missing',
    ].join('\n');
    expect(placeProblems(message, NAMES)).toEqual({
      fields: {
        users: '"0" is too small',
        spawnRate: '"-3" is not a spawn rate',
        thresholds: 'p95 << 3 cannot be read\n  p95 << 3',
        'args.tenant': 'missing',
      },
      rest: '',
    });
  });

  it('stands at the field where it is the only one', () => {
    expect(placeProblems('users: 0 is too small', NAMES).fields).toEqual({ users: '0 is too small' });
  });

  it('stands above the form where it is about no field', () => {
    expect(placeProblems('a run goes on', NAMES)).toEqual({ fields: {}, rest: 'a run goes on' });
    const other = placeProblems('2 problems:\n  --users: no\n  --seed: no', NAMES);
    expect(other).toEqual({ fields: { users: 'no' }, rest: '2 problems:\n--seed: no' });
  });
});
