import { describe, expect, it } from 'vitest';
import { isLoopback, parseNetworkHost } from './parse-network-host.ts';

describe('parseNetworkHost', () => {
  it.each([['10.0.0.5'], ['load-test.internal'], ['::1'], ['0.0.0.0']])('takes %s', (host) => {
    expect(parseNetworkHost(host)).toEqual({ value: host });
  });

  it('takes an address of IPv6 in brackets too', () => {
    expect(parseNetworkHost('[fe80::1]')).toEqual({ value: 'fe80::1' });
  });

  it.each([['http://a'], ['a:5557'], [''], ['a b'], [7]])('refuses %j', (raw) => {
    expect(parseNetworkHost(raw)).toMatchObject({ wrong: 'is not a host name or address' });
  });
});

describe('isLoopback', () => {
  it('is true for addresses that no other machine can reach', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['0.0.0.0', '::', '10.0.0.1', '127.evil.example', 'a'].map(isLoopback)).not.toContain(true);
  });
});
