import { describe, expect, it } from 'vitest';
import { readError } from './api-error.ts';

describe('an error of the server', () => {
  it('keeps its words, its hint and its status', () => {
    const body = { error: { code: 'CONFIG_INVALID', message: 'users is 0', hint: 'give at least 1' } };
    expect(readError(400, body)).toMatchObject({
      status: 400,
      message: 'users is 0',
      hint: 'give at least 1',
    });
  });

  it.each([undefined, null, 'gone', {}, { error: 'x' }, { error: { message: 5 } }])(
    'says the status where the answer is %j',
    (body) => expect(readError(502, body).message).toBe('the server answered 502'),
  );
});
