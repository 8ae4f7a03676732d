import { describe, expect, it } from 'vitest';
import { parseHost } from './parse-host.ts';

describe('parseHost', () => {
  it.each(['http://localhost:8000', 'https://example.com/shop/', 'HTTP://[::1]:80', ' http://a '])(
    'takes %s',
    (text) => {
      expect(parseHost(text)).toEqual({ value: text.trim() });
    },
  );

  it.each([
    ['localhost:8000', 'did you mean http://localhost:8000?'],
    ['example.com/shop', 'did you mean http://example.com/shop?'],
    ['//example.com', 'did you mean http://example.com?'],
    ['http:/example.com', 'did you mean http://example.com?'],
    ['https:example.com', 'did you mean https://example.com?'],
    ['ftp://example.com', 'use a URL that starts with http:// or https://'],
    ['http://', 'use a URL that starts with http:// or https://'],
    ['two words', 'use a URL that starts with http:// or https://'],
    ['', 'use a URL that starts with http:// or https://'],
    [8000, 'use a URL that starts with http:// or https://'],
  ])('does not take %o and helps', (raw, hint) => {
    expect(parseHost(raw)).toEqual({ wrong: 'is not an absolute URL', hint });
  });

  it('does not take a URL with an impossible port', () => {
    expect(parseHost('http://localhost:99999')).toMatchObject({ wrong: 'is not a valid URL' });
  });

  it.each(['http://a/b?c=1', 'http://a/b#c'])('does not take %s, to which no path can be added', (text) => {
    expect(parseHost(text)).toEqual({
      wrong: 'has a query or a fragment',
      hint: 'a base URL ends before them: http://a/b',
    });
  });
});
