import type { ConnectionOptions, ConnectionOwner, HttpConnection } from '../connection.ts';
import { readSocketTarget } from '../read-socket-target.ts';
import { FastConnection } from './fast-connection.ts';
import type { ParserPool } from './parser-pool.ts';
import { RequestHeads } from './request-heads.ts';

/** Makes connections to one origin, which share what they know of its requests. */
export function createFastConnector(
  options: ConnectionOptions,
  parsers: ParserPool,
): (owner: ConnectionOwner) => HttpConnection {
  const { origin, settings } = options;
  const target = readSocketTarget(origin);
  const heads = new RequestHeads(origin, settings.keepAlive);
  const shared = { ...options, target, parsers, heads };
  return (owner) => new FastConnection(shared, owner);
}
