import type { Exchange } from './exchange.ts';
import type { ConnectionPool, Connections } from './origin-connections.ts';
import type { RequestParts } from './request-plan.ts';

/** One user's share of connections that others use as well. */
export class SharedConnections implements Connections {
  readonly #pool: ConnectionPool;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  send(exchange: Exchange, parts: RequestParts, waitedMs = 0): void {
    exchange.owner = this;
    this.#pool.send(exchange, parts, waitedMs);
  }

  close(): void {
    this.#pool.abort(this);
  }
}
