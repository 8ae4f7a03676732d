import type { Clock } from '@loadts/core';
import type { Exchange } from './exchange.ts';
import { HttpConnection } from './http-connection.ts';
import type { RequestParts } from './request-plan.ts';
import { ABORTED } from './transport-error.ts';

/** What browsers allow. A user who makes one request after the other needs one. */
const MAX_CONNECTIONS = 6;

export interface OriginOptions {
  readonly origin: string;
  readonly insecure: boolean;
  readonly clock: Clock;
}

/** One user's connections to one origin, opened on demand. */
export class OriginConnections {
  readonly #options: OriginOptions;
  readonly #all = new Set<HttpConnection>();
  readonly #idle: HttpConnection[] = [];
  readonly #waiting: { readonly exchange: Exchange; readonly parts: RequestParts }[] = [];

  constructor(options: OriginOptions) {
    this.#options = options;
  }

  send(exchange: Exchange, parts: RequestParts): void {
    const connection = this.#idle.pop() ?? this.#open();
    if (connection) connection.send(exchange, parts);
    else this.#waiting.push({ exchange, parts });
  }

  /** All requests end as aborted, those that still wait for a connection as well. */
  close(): void {
    for (const { exchange } of this.#waiting.splice(0)) exchange.fail(ABORTED, this.#options.clock.nowUs());
    for (const connection of this.#all) connection.close();
  }

  #open(): HttpConnection | undefined {
    if (this.#all.size >= MAX_CONNECTIONS) return undefined;
    const connection = new HttpConnection({
      ...this.#options,
      onIdle: (idle) => this.#release(idle),
      onClosed: (closed) => this.#remove(closed),
    });
    this.#all.add(connection);
    return connection;
  }

  #release(connection: HttpConnection): void {
    const next = this.#waiting.shift();
    if (next) connection.send(next.exchange, next.parts);
    else this.#idle.push(connection);
  }

  #remove(connection: HttpConnection): void {
    this.#all.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    const next = this.#waiting.shift();
    if (next) this.send(next.exchange, next.parts);
  }
}
