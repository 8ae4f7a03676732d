import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTempFolder } from '../script/temp-folder.case.ts';
import { readLocalToken } from './local-token.ts';
import { resolveToken } from './resolve-token.ts';

const none = { token: undefined, tokenFile: undefined };

describe('resolveToken', () => {
  it('takes the token itself before a file that holds one', async () => {
    const tokenFile = join(await createTempFolder({ token: ' from a file\n' }), 'token');
    expect(await resolveToken({ token: 'given', tokenFile }, '10.0.0.5')).toBe('given');
    expect(await resolveToken({ token: undefined, tokenFile }, '10.0.0.5')).toBe('from a file');
  });

  it('refuses a file that is empty or not there', async () => {
    const folder = await createTempFolder({ token: '\n' });
    const resolve = (name: string): Promise<unknown> =>
      resolveToken({ token: undefined, tokenFile: join(folder, name) }, '127.0.0.1');
    await expect(resolve('token')).rejects.toThrow(/^the token file .* is empty$/);
    await expect(resolve('missing')).rejects.toThrow(/^the token cannot be read: ENOENT/);
  });

  it('knows none for other machines unless it is given', async () => {
    expect(await resolveToken(none, '0.0.0.0')).toBeUndefined();
    expect(await resolveToken(none, 'loadtest.internal')).toBeUndefined();
  });
});

describe('readLocalToken', () => {
  it('is the same for all programs of a user, also where several need it first at once', async () => {
    const home = await createTempFolder({});
    const tokens = await Promise.all(Array.from({ length: 8 }, () => readLocalToken(home)));
    expect(new Set(tokens)).toEqual(new Set([await readLocalToken(home)]));
    expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('can be read by that user alone', async () => {
    const home = await createTempFolder({});
    await readLocalToken(home);
    expect((await stat(join(home, '.loadts/local-token'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, '.loadts'))).mode & 0o777).toBe(0o700);
  });

  it('asks for a token where there is no place for one', async () => {
    const home = join(await createTempFolder({ file: '' }), 'file');
    await expect(readLocalToken(home)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^no token was given, and none can be kept at .*: E/),
    });
  });
});
