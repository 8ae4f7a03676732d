import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { between, constant, constantPacing, constantThroughput, type WaitContext } from './wait-time.ts';

const context = (iterationSeconds: number, random = createRandom(1)): WaitContext => ({
  random,
  iterationSeconds,
});

describe('constant', () => {
  it('is the same pause each time, in seconds or with a unit', () => {
    expect(constant(2)(context(5))).toBe(2);
    expect(constant('500ms')(context(0))).toBe(0.5);
  });
});

describe('between', () => {
  it('covers all of its range evenly', () => {
    const random = createRandom(1);
    const wait = between(1, '3s');
    const pauses = Array.from({ length: 10_000 }, () => wait(context(0, random)));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1);
    expect(Math.min(...pauses)).toBeLessThan(1.01);
    expect(Math.max(...pauses)).toBeGreaterThan(2.99);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(3);
    expect(pauses.reduce((total, pause) => total + pause, 0) / 10_000).toBeCloseTo(2, 1);
  });

  it('repeats itself with the user’s own random numbers', () => {
    expect(between(1, 3)(context(0, createRandom(9)))).toBe(between(1, 3)(context(0, createRandom(9))));
  });
});

describe('constantPacing', () => {
  it('fills up an iteration to the period, and waits no more where it took longer', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (iterationSeconds) => {
        const wait = constantPacing(10)(context(iterationSeconds));
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(iterationSeconds + wait).toBeCloseTo(Math.max(10, iterationSeconds), 9);
      }),
    );
  });
});

describe('constantThroughput', () => {
  it('is pacing by the inverse of the rate', () => {
    expect(constantThroughput(4)(context(0.1))).toBeCloseTo(0.15, 12);
    expect(constantThroughput(0.1)(context(4))).toBe(6);
    expect(constantThroughput(4)(context(1))).toBe(0);
  });

  it.each([0, -1, Number.NaN])('refuses %d', (rate) => {
    expect(() => constantThroughput(rate)).toThrow(`constantThroughput(${rate}) is not a rate`);
  });
});

it('a wait time that is no duration is refused when it is made', () => {
  expect(() => constant('soon')).toThrow('"soon" is not a duration');
  expect(() => between(1, 'later')).toThrow('"later" is not a duration');
  expect(() => constantPacing(-1)).toThrow('"-1" is not a duration');
});
