import type { Clock, TransportError } from '@loadts/core';
import type { ConnectionSettings } from './connection-settings.ts';
import type { Exchange } from './exchange.ts';
import type { OpenedSocket, TlsSessions } from './open-socket.ts';
import type { RequestParts } from './request-plan.ts';

/** One connection of HTTP/1.1, which carries one exchange at a time and opens its socket when it needs one. */
export interface HttpConnection {
  /** @param waitedMs how long the request has waited for a connection */
  send(exchange: Exchange, parts: RequestParts, waitedMs?: number): void;
  /** Closes; a request under way ends with this error. */
  close(error?: TransportError): void;
  /** Ends the request that this owner has on it, and the connection with it. */
  abort(owner: object): void;
}

/** Where connections go, and how: the same for all of a user class to one origin. */
export interface ConnectionOptions {
  readonly origin: string;
  readonly settings: ConnectionSettings;
  readonly clock: Clock;
}

/** Whose a connection is. */
export interface ConnectionOwner {
  readonly sessions: TlsSessions;
  /** A socket that is there already, for the first connection. */
  takeOpened(): OpenedSocket | undefined;
  /** The connection has nothing to do. Not called once it is closed. */
  idle(connection: HttpConnection): void;
  /** The connection is of no more use. */
  closed(connection: HttpConnection): void;
}

/** How long an idle connection is kept where the server says nothing. */
export const KEEP_ALIVE_MS = 75_000;

const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * A server may close an idle connection just when the next request is on its way: nobody's fault.
 * @param served responses that the connection has brought
 */
export function mayRetry(exchange: Exchange, parts: RequestParts, served: number): boolean {
  return (
    exchange.attempts === 1 &&
    served > 0 &&
    exchange.firstByteUs === 0 &&
    parts.repeatable &&
    IDEMPOTENT.has(parts.options.method)
  );
}
