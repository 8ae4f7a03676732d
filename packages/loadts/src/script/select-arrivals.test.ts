import { arrivalRate, rampingArrivalRate } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { selectArrivals } from './select-arrivals.ts';

/** The arrivals of a run for which this was given, and nothing else. */
function select(
  given: Partial<RunConfig>,
  exports: Readonly<Record<string, unknown>> = {},
  shapeName?: string,
) {
  return selectArrivals({
    config: given as RunConfig,
    given: new Set(Object.keys(given) as (keyof RunConfig)[]),
    exports,
    shape: shapeName === undefined ? undefined : ({ name: shapeName } as never),
  });
}

const steady = (rate: number) => [{ seconds: Number.POSITIVE_INFINITY, startRate: rate, endRate: rate }];

describe('the arrivals of a run', () => {
  it('are none where nobody wants a rate', () => {
    expect(select({ users: 5 })).toBeUndefined();
  });

  it('come from the command line', () => {
    expect(select({ rate: 500 })).toEqual({
      stages: steady(500),
      maxUsers: 1_000,
      whenBusy: 'drop',
      poisson: false,
    });
  });

  it('come from the script, whatever name it exports them under', () => {
    const ramp = rampingArrivalRate([{ duration: 5, rate: 10 }], { maxUsers: 7, whenBusy: 'queue' });
    expect(select({}, { morning: ramp })).toEqual(ramp.plan);
  });

  it('take from the command line what is given there, and the rest from the script', () => {
    const rate = arrivalRate({ rate: 1, maxUsers: 7, whenBusy: 'queue', poisson: true });
    expect(select({ rate: 20, maxUsers: 9, poisson: false }, { rate })).toEqual({
      stages: steady(20),
      maxUsers: 9,
      whenBusy: 'queue',
      poisson: false,
    });
  });

  it('are refused beside all that decides over the users, at once', () => {
    const problems = () => select({ rate: 5, users: 1, spawnRate: 1, iterations: 9 }, {}, 'Waves');
    expect(problems).toThrow('--users: a rate makes as many users as it needs');
    expect(problems).toThrow('--spawn-rate: a rate makes users as it needs them');
    expect(problems).toThrow('--iterations: a rate starts as many as fit into the run time');
    expect(problems).toThrow('Waves decides over the users');
  });

  it('are refused twice in a script', () => {
    expect(() => select({}, { a: arrivalRate({ rate: 1 }), b: arrivalRate({ rate: 2 }) })).toThrow(
      'the script has several arrival rates: a, b',
    );
  });

  it('need a rate', () => {
    expect(() => select({ maxUsers: 5, whenBusy: 'queue', poisson: true })).toThrow(
      /--max-users is for runs with a rate.*--when-busy is.*--poisson is/s,
    );
  });
});
