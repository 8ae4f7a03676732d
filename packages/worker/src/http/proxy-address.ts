import { LoadtsError } from '@loadts/core';

/** Where a proxy is, and the credentials that it wants. */
export interface ProxyAddress {
  readonly hostname: string;
  readonly port: number;
  /** A `Proxy-Authorization` header. */
  readonly authorization: string | undefined;
}

/** @throws LoadtsError `CONFIG_INVALID`, which does not show the text: there may be a password in it. */
export function readProxyAddress(text: string): ProxyAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || url.hostname === '') {
    throw new LoadtsError('CONFIG_INVALID', 'the proxy of a user class is not an http:// URL', {
      hint: 'write it as http://proxy.example:3128 or http://user:password@proxy.example:3128',
    });
  }
  const { hostname, port, username, password } = url;
  const credentials = `${username}:${password}`.replace(/(?:%[0-9a-f]{2})+/gi, decode);
  return {
    hostname: hostname.replace(/^\[(.+)\]$/, '$1'),
    port: Number(port) || 80,
    authorization: username || password ? `Basic ${Buffer.from(credentials).toString('base64')}` : undefined,
  };
}

/** What is no UTF-8 stays as it is. */
function decode(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}
