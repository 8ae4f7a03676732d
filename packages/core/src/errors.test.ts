import { describe, expect, it } from 'vitest';
import { LoadtsError } from './errors.ts';

describe('LoadtsError', () => {
  it('says what is wrong, what to do and why', () => {
    const cause = new Error('EADDRINUSE');
    const error = new LoadtsError('PORT_IN_USE', 'port 5557 is taken', { hint: 'choose another', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'LoadtsError',
      code: 'PORT_IN_USE',
      message: 'port 5557 is taken',
      hint: 'choose another',
      cause,
    });
  });

  it('has no cause where none is given', () => {
    const error = new LoadtsError('PORT_IN_USE', 'port 5557 is taken');
    expect(error.hint).toBeUndefined();
    expect('cause' in error).toBe(false);
  });
});
