import { describe, expect, it } from 'vitest';
import { describeWebAddress } from './describe-web-address.ts';
import { resolveWebToken } from './web-token.ts';

const NONE = { token: undefined, tokenFile: undefined };

describe('the token of the web UI', () => {
  it('is asked for only where other machines can reach it', async () => {
    expect(await resolveWebToken({ token: 'x', tokenFile: undefined, webHost: '127.0.0.1' })).toBeUndefined();
    expect(await resolveWebToken({ token: 'x', tokenFile: undefined, webHost: '0.0.0.0' })).toEqual({
      text: 'x',
      isNew: false,
    });
  });

  it('is new each time where none was given', async () => {
    const first = await resolveWebToken({ ...NONE, webHost: '10.0.0.5' });
    expect(first).toEqual({ text: expect.stringMatching(/^[0-9a-f]{48}$/), isNew: true });
    expect(await resolveWebToken({ ...NONE, webHost: '10.0.0.5' })).not.toEqual(first);
  });

  it('is printed only where nobody knows it', () => {
    const at = { host: '::1', port: 8_089 };
    expect(describeWebAddress({ ...at, token: undefined })).toBe('Web UI: http://[::1]:8089');
    expect(describeWebAddress({ ...at, token: { text: 'known', isNew: false } })).not.toContain('known');
    expect(describeWebAddress({ ...at, token: { text: 'new', isNew: true } })).toContain(
      '\nIts token, for this time: new',
    );
  });
});
