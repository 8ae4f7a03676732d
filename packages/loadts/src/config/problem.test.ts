import { describe, expect, it } from 'vitest';
import { configError, showValue } from './problem.ts';

describe('configError', () => {
  it('is the problem itself where there is one', () => {
    const error = configError([{ text: '--users: "x" is not a whole number', hint: 'use 10' }]);
    expect(error).toMatchObject({
      code: 'CONFIG_INVALID',
      message: '--users: "x" is not a whole number',
      hint: 'use 10',
    });
  });

  it('lists several, each with what to do', () => {
    const error = configError([
      { text: 'a is wrong', hint: 'do b' },
      { text: 'load.ts:1:2: c\n    code', hint: 'do d' },
      { text: 'e is wrong', hint: undefined },
    ]);
    expect(error.message).toBe(
      '3 problems with what loadts was told:\n' +
        '  a is wrong; do b\n' +
        '  load.ts:1:2: c\n      code\n  do d\n' +
        '  e is wrong',
    );
    expect(error.hint).toBeUndefined();
  });
});

describe('showValue', () => {
  it.each([
    ['-3', '"-3"'],
    ['', '""'],
    [-3, '-3'],
    [['a'], "[ 'a' ]"],
    [() => 1, '[Function (anonymous)]'],
    [1n, '1n'],
    ['x'.repeat(100), `"${'x'.repeat(76)}...`],
  ])('shows %o on one line', (value, shown) => {
    expect(showValue(value)).toBe(shown);
  });
});
