import type { ConnectionOptions, HttpConnection } from '../connection.ts';
import { readSocketTarget } from '../read-socket-target.ts';
import { FastConnection } from './fast-connection.ts';
import type { ParserPool } from './parser-pool.ts';
import { RequestHeads } from './request-heads.ts';

/** Makes connections to one origin, which share what they know of its requests. */
export function createFastConnector(
  origin: string,
  keepAlive: boolean,
  parsers: ParserPool,
): (options: ConnectionOptions) => HttpConnection {
  const target = readSocketTarget(origin);
  const heads = new RequestHeads(origin, keepAlive);
  return (options) => new FastConnection({ ...options, target, parsers, heads });
}
