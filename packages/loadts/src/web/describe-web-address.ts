import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import type { WebToken } from './web-token.ts';

export interface WebAddress {
  readonly host: string;
  readonly port: number;
  readonly token: WebToken | undefined;
}

/** Where the web UI is, and the token that it asks for where nobody knows it. */
export function describeWebAddress({ host, port, token }: WebAddress): string {
  const isAll = host === '0.0.0.0' || host === '::';
  const name = isAll ? hostname() : isIPv6(host) ? `[${host}]` : host;
  const lines = [`Web UI: http://${name}:${port}`];
  if (token?.isNew) lines.push(`Its token, for this time: ${token.text}`);
  return lines.join('\n');
}
