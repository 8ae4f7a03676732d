import { describe, expect, it } from 'vitest';
import { sharedHost } from './shared-host.ts';

describe('sharedHost', () => {
  it.each([
    [['http://a', 'http://a'], 'http://a'],
    [['http://a', 'http://b'], undefined],
    [['http://a', undefined], undefined],
    [[], undefined],
  ])('of classes with the hosts %j is %s', (hosts, shared) => {
    expect(sharedHost(hosts.map((host) => ({ host })))).toBe(shared);
  });
});
