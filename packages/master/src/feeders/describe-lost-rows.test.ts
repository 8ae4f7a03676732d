import type { FeederDefinition } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { describeLostRows } from './describe-lost-rows.ts';
import { define } from './open-file.case.ts';

const say = (definition: Partial<FeederDefinition>, ...leases: readonly (readonly [number, number])[]) =>
  describeLostRows(
    define('a.csv', definition),
    leases.map(([from, to]) => ({ from, to })),
    1_000,
  );

describe('lost rows', () => {
  it('are named as ranges that count from 1', () => {
    expect(say({ order: 'unique', onEnd: 'stop' }, [0, 500], [500, 600], [700, 800])).toBe(
      'rows 1 to 600 and 701 to 800 of a.csv were leased to it: some of them may not have been used, and they are not given out again',
    );
  });

  it('come again where the feeder wraps', () => {
    expect(say({}, [500, 1_000])).toBe(
      'rows 501 to 1000 of a.csv were leased to it: some of them may not have been used',
    );
    expect(say({}, [2_000, 2_500])).toContain('rows 1 to 500 in pass 3 of a.csv');
    expect(say({}, [900, 1_400])).toContain('rows 901 in pass 1 to 400 in pass 2 of a.csv');
  });

  it('are places in the new order where it is shuffled', () => {
    expect(say({ order: 'shuffled', onEnd: 'fail' }, [0, 500])).toContain(
      'rows 1 to 500 of the shuffled a.csv',
    );
  });

  it('mean nothing where they are drawn at random, or there are none', () => {
    expect(say({ order: 'random' }, [0, 500])).toBeUndefined();
    expect(say({ order: 'unique' })).toBeUndefined();
  });
});
