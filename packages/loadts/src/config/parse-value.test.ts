import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  className,
  classNames,
  duration,
  fileName,
  oneOf,
  type ParseValue,
  spawnRate,
  tagNames,
  trueOrFalse,
  wholeNumber,
  wholeNumberOrAuto,
} from './parse-value.ts';

const policy = oneOf(['rebalance', 'continue', 'stop']);

describe('values of options', () => {
  it.each<[string, ParseValue<unknown>, unknown, unknown]>([
    ['a whole number', wholeNumber(1, 100), ' 20 ', 20],
    ['a whole number', wholeNumber(1, 100), 20, 20],
    ['a whole number', wholeNumber(0, 100), '0', 0],
    ['processes', wholeNumberOrAuto(1, 100), 'auto', 'auto'],
    ['processes', wholeNumberOrAuto(1, 100), '4', 4],
    ['a spawn rate', spawnRate, '0.5', 0.5],
    ['a spawn rate', spawnRate, '.5', 0.5],
    ['a spawn rate', spawnRate, 10, 10],
    ['a spawn rate', spawnRate, 'ALL', 'all'],
    ['a duration', duration(1), '20', 20_000],
    ['a duration', duration(1), 1.5, 1_500],
    ['a duration', duration(1), '1h30m', 5_400_000],
    ['a duration', duration(0), '0', 0],
    ['a boolean', trueOrFalse, 'true', true],
    ['a boolean', trueOrFalse, 'TRUE', true],
    ['a boolean', trueOrFalse, '1', true],
    ['a boolean', trueOrFalse, 'false', false],
    ['a boolean', trueOrFalse, '0', false],
    ['a boolean', trueOrFalse, false, false],
    ['a choice', policy, 'Stop', 'stop'],
    ['a class', className, 'Shopper', 'Shopper'],
    ['classes', classNames, ['Shopper', 'Käufer'], ['Shopper', 'Käufer']],
    ['classes', classNames, 'Shopper, Admin $x', ['Shopper', 'Admin', '$x']],
    ['a file', fileName, 'logs/run 1.log', 'logs/run 1.log'],
  ])('read %s from %3$o', (_, parse, raw, value) => {
    expect(parse(raw)).toEqual({ value });
  });

  it.each<[ParseValue<unknown>, unknown, string, string | RegExp]>([
    [wholeNumber(1, 100), '-3', 'is too small', 'use a whole number of at least 1'],
    [wholeNumber(1, 100), '0', 'is too small', 'use a whole number of at least 1'],
    [wholeNumber(1, 100), '101', 'is too large', 'use a whole number of at most 100'],
    [wholeNumber(1, 100), '1.5', 'is not a whole number', 'use a whole number from 1 to 100'],
    [wholeNumber(1, 100), '1e3', 'is not a whole number', /1 to 100/],
    [wholeNumber(1, 100), 'ten', 'is not a whole number', /1 to 100/],
    [wholeNumber(1, 100), '', 'is not a whole number', /1 to 100/],
    [wholeNumber(1, 100), true, 'is not a whole number', /1 to 100/],
    [wholeNumber(1, 100), [5], 'is not a whole number', /1 to 100/],
    [wholeNumber(1, 100), Number.NaN, 'is not a whole number', /1 to 100/],
    [wholeNumberOrAuto(1, 100), 'many', 'is not a whole number', 'use a whole number from 1 to 100, or auto'],
    [spawnRate, '0', 'is not a spawn rate', /, or all$/],
    [spawnRate, '-1', 'is not a spawn rate', /, or all$/],
    [spawnRate, '10/s', 'is not a spawn rate', /, or all$/],
    [spawnRate, '', 'is not a spawn rate', /, or all$/],
    [spawnRate, '9'.repeat(400), 'is not a spawn rate', /, or all$/],
    [spawnRate, null, 'is not a spawn rate', /, or all$/],
    [duration(1), '1h30', 'is not a duration', /1h20m/],
    [duration(1), '30m1h', 'is not a duration', /1h20m/],
    [duration(1), -5, 'is not a duration', /1h20m/],
    [duration(1), {}, 'is not a duration', /1h20m/],
    [duration(1), '0', 'is too short', /30s/],
    [duration(1), '30000h', 'is too long', 'use at most 596h'],
    [trueOrFalse, 'yes', 'is neither true nor false', 'use true, false, 1 or 0'],
    [trueOrFalse, '', 'is neither true nor false', 'use true, false, 1 or 0'],
    [policy, 'stopp', 'is not one of the choices', 'did you mean stop?'],
    [policy, 'banana', 'is not one of the choices', 'use rebalance, continue or stop'],
    [className, 'my class', 'is not the name of a class', /exports/],
    [className, 5, 'is not the name of a class', /exports/],
    [classNames, ['A', 'load.ts'], 'holds load.ts, which is not the name of a class', /before the options/],
    [classNames, '', 'is not a list of class names', /Shopper Admin/],
    [tagNames, '', 'is not a list of tags', /@tag/],
    [tagNames, ['a', 5], 'is not a list of tags', /@tag/],
    [tagNames, 'x'.repeat(201), 'is not a list of tags', /@tag/],
    [classNames, true, 'is not a list of class names', /Shopper Admin/],
    [classNames, ['A', 5], 'is not a list of class names', /Shopper Admin/],
    [fileName, '', 'is not the name of a file', /loadts\.log/],
  ])('say of a wrong one what is wrong and what to do (%#: %2$o)', (parse, raw, wrong, hint) => {
    expect(parse(raw)).toEqual({
      wrong,
      hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
    });
  });

  it('are refused where they are objects that no text can be made of', () => {
    expect(classNames([Object.create(null)])).toMatchObject({ wrong: 'is not a list of class names' });
  });

  it('are refused or read, whatever they are, but never thrown at', () => {
    const parsers = [
      wholeNumber(1, 9),
      spawnRate,
      duration(1),
      trueOrFalse,
      policy,
      className,
      classNames,
      fileName,
    ];
    fc.assert(
      fc.property(fc.constantFrom(...parsers), fc.anything(), (parse: ParseValue<unknown>, raw) => {
        const parsed = parse(raw);
        expect('value' in parsed || parsed.hint.length > 0).toBe(true);
      }),
    );
  });
});
