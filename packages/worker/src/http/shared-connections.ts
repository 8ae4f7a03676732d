import type { Exchange } from './exchange.ts';
import type { RequestParts } from './http-connection.ts';
import type { ConnectionPool, Connections } from './origin-connections.ts';

/** One user's share of connections that others use as well. */
export class SharedConnections implements Connections {
  readonly #pool: ConnectionPool;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  send(exchange: Exchange, parts: RequestParts): void {
    exchange.owner = this;
    this.#pool.send(exchange, parts);
  }

  close(): void {
    this.#pool.abort(this);
  }
}
