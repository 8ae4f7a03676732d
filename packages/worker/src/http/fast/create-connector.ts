import type { ConnectionOptions, HttpConnection } from '../connection.ts';
import type { SocketTarget } from '../open-socket.ts';
import { FastConnection } from './fast-connection.ts';
import { RequestHeads } from './request-heads.ts';
import type { ParserPool } from './response-parser.ts';

/** Makes connections to one origin, which share what they know of its requests. */
export function createFastConnector(
  origin: string,
  keepAlive: boolean,
  parsers: ParserPool,
): (options: ConnectionOptions) => HttpConnection {
  const target = readTarget(origin);
  const heads = new RequestHeads(origin, keepAlive);
  return (options) => new FastConnection({ ...options, target, parsers, heads });
}

function readTarget(origin: string): SocketTarget {
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === 'https:';
  return {
    secure,
    hostname: hostname.replace(/^\[(.+)\]$/, '$1'),
    port: Number(port) || (secure ? 443 : 80),
    servername: undefined,
  };
}
