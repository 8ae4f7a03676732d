import { describe, expect, it } from 'vitest';
import { isUrl, looksLikeScript } from './looks-like-script.ts';

describe('looksLikeScript', () => {
  it.each(['load.ts', 'a/b.mjs', 'load.cts', 'http://localhost:8000/a?b=1'])('knows %s', (arg) => {
    expect(looksLikeScript(arg)).toBe(true);
  });

  it.each(['5', '10s', 'localhost', 'load.json', 'tests'])('does not take %s for one', (arg) => {
    expect(looksLikeScript(arg)).toBe(false);
  });
});

describe('isUrl', () => {
  it.each(['http://a', 'HTTPS://a/b', 'http:/typo'])('knows %s from a script', (text) => {
    expect(isUrl(text)).toBe(true);
  });

  it.each(['load.ts', 'http.ts', 'a/https/load.ts', 'localhost:8000'])('takes %s for a script', (text) => {
    expect(isUrl(text)).toBe(false);
  });
});
