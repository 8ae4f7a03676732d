import { describe, expect, it } from 'vitest';
import { TargetResolver } from './request-target.ts';

describe('TargetResolver', () => {
  it('gives the same target for the same URL without working it out again', () => {
    const targets = new TargetResolver('http://localhost:1234/base');
    const target = targets.resolve('/a?b=c#d', undefined);
    expect(target).toEqual({
      origin: 'http://localhost:1234',
      path: '/base/a?b=c',
      name: '/base/a',
      url: 'http://localhost:1234/base/a?b=c',
      authorization: undefined,
    });
    expect(targets.resolve('/a?b=c#d', undefined)).toBe(target);
  });

  it('never mixes up the queries of one URL', () => {
    const targets = new TargetResolver('http://localhost');
    const paths = [1, 2, undefined, 3].map(
      (page) => targets.resolve('/list', page === undefined ? page : { page }).path,
    );
    expect(paths).toEqual(['/list?page=1', '/list?page=2', '/list', '/list?page=3']);
  });

  it('stays right for ever new URLs, and does not remember them all', () => {
    const targets = new TargetResolver('http://localhost');
    const first = targets.resolve('/0', undefined);
    for (let i = 0; i < 5_000; i++) expect(targets.resolve(`/${i}`, undefined).path).toBe(`/${i}`);
    expect(targets.resolve('/0', undefined)).not.toBe(first);
  });

  it('encodes what cannot stand in a URL', () => {
    const { path, name } = new TargetResolver('http://localhost').resolve('/ü b', { q: 'ä&=' });
    expect([path, name]).toEqual(['/%C3%BC%20b?q=%C3%A4%26%3D', '/%C3%BC%20b']);
  });

  it.each(['HTTP://LOCALHOST:80/x', 'https://localhost:443/x'])(
    'knows an absolute URL and its standard port: %s',
    (url) => {
      expect(new TargetResolver(undefined).resolve(url, undefined).origin).toMatch(/^https?:\/\/localhost$/);
    },
  );

  it('says what a URL without a host needs', () => {
    const resolve = (): unknown => new TargetResolver(undefined).resolve('/users', undefined);
    expect(resolve).toThrow(
      expect.objectContaining({ code: 'HOST_MISSING', message: '"/users" has no host' }),
    );
  });
});
