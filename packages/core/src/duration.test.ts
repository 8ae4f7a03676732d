import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDurationMs } from './duration.ts';
import { LoadtsError } from './errors.ts';

describe('parseDurationMs', () => {
  it.each([
    [20, 20_000],
    ['20', 20_000],
    ['1.5', 1_500],
    [0, 0],
    ['0', 0],
    ['500ms', 500],
    ['30s', 30_000],
    ['2m', 120_000],
    ['1h20m', 4_800_000],
    ['1h2m3s4ms', 3_723_004],
    ['1m500ms', 60_500],
    ['0.5h', 1_800_000],
    ['1.5m', 90_000],
    ['0.25ms', 0.25],
    [' 10s ', 10_000],
    [1e-6, 0.001],
  ])('reads %j as %d ms', (duration, expected) => {
    expect(parseDurationMs(duration)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '-5',
    -5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '1h30',
    '30m1h',
    '1s1s',
    '5 s',
    '1,5s',
    '.5s',
    '5.s',
    '1d',
    '1e3',
    'ms',
    'soon',
  ])('refuses %j', (duration) => {
    expect(() => parseDurationMs(duration)).toThrow(LoadtsError);
  });

  it('says what is wrong and what to write', () => {
    expect(() => parseDurationMs('1h30')).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: '"1h30" is not a duration',
        hint: expect.stringContaining('1h20m') as string,
      }),
    );
  });

  it('reads numbers as seconds, to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (us) => {
        expect(parseDurationMs(us / 1e6)).toBe(us / 1_000);
      }),
    );
  });

  it('adds up whole units', () => {
    const units = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(999));
    fc.assert(
      fc.property(units, ([hours, minutes, seconds, millis]) => {
        const text = `${hours}h${minutes}m${seconds}s${millis}ms`;
        expect(parseDurationMs(text)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis);
      }),
    );
  });
});
