import { LoadtsError } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { formatCliError } from './cli-error.ts';

describe('formatCliError', () => {
  it('says what is wrong and what to do', () => {
    const error = new LoadtsError('CONFIG_INVALID', '--users: "-3" is too small', { hint: 'use at least 1' });
    expect(formatCliError(error, { color: false })).toBe(
      'error: --users: "-3" is too small\n  hint: use at least 1',
    );
  });

  it('leaves out the hint where there is none', () => {
    const error = new LoadtsError('SHAPE_FAILED', 'tick() threw');
    expect(formatCliError(error, { color: false })).toBe('error: tick() threw');
  });

  it('colours only where it is asked to', () => {
    const error = new LoadtsError('CONFIG_INVALID', 'x', { hint: 'y' });
    expect(formatCliError(error, { color: true })).toBe(
      '\u001b[31merror:\u001b[39m x\n  \u001b[36mhint:\u001b[39m y',
    );
  });

  it('shows an unknown error as a bug, with its stack and its cause', () => {
    const error = new TypeError('no such thing', { cause: new Error('deeper') });
    const text = formatCliError(error, { color: false });
    expect(text).toMatch(/^error: internal error: TypeError: no such thing\n +at .*cli-error\.test\.ts/);
    expect(text).toContain('Error: deeper');
    expect(text).toMatch(/\n {2}hint: this is a bug in loadts; .*$/);
  });

  it('shows what is thrown without being an error', () => {
    expect(formatCliError('x', { color: false })).toMatch(/^error: internal error: 'x'\n/);
  });
});
