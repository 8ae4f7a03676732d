import type { ConnectionOptions, ConnectionOwner, HttpConnection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import type { OpenedSocket, TlsSessions } from './open-socket.ts';
import type { RequestParts } from './request-plan.ts';
import { ABORTED, createTimeoutError } from './transport-error.ts';

export interface OriginOptions extends ConnectionOptions {
  readonly connect: (owner: ConnectionOwner) => HttpConnection;
}

/** Where requests to one origin go. */
export interface Connections {
  /**
   * The exchange ends in any case, if only because of `close`.
   * @param waitedMs of the request's time, gone already
   */
  send(exchange: Exchange, parts: RequestParts, waitedMs?: number): void;
  /** Requests under way end as aborted. */
  close(): void;
}

/** Connections that several users may send on. */
export interface ConnectionPool extends Connections {
  /** The requests of one owner end as aborted. */
  abort(owner: object): void;
}

/** A request without a connection yet. Its time runs already. */
interface WaitingRequest {
  readonly exchange: Exchange;
  readonly parts: RequestParts;
  readonly sinceUs: number;
  timer: NodeJS.Timeout | undefined;
}

const NONE: readonly HttpConnection[] = [];

/** Connections to one origin, opened on demand: one user's, or those that users share. */
export class OriginConnections implements ConnectionPool, ConnectionOwner {
  readonly sessions: TlsSessions = { latest: undefined };
  readonly #options: OriginOptions;
  /** A new list with each change: most hold one. */
  #all: readonly HttpConnection[] = NONE;
  /** HOT: what became idle last; the others are in `#idle`, where there are any. */
  #ready: HttpConnection | undefined;
  #idle: HttpConnection[] | undefined;
  /** None until one waits: most users never have one. */
  #waiting: Set<WaitingRequest> | undefined;
  #opened: OpenedSocket | undefined;

  /** @param opened for the first connection */
  constructor(options: OriginOptions, opened?: OpenedSocket) {
    this.#options = options;
    this.#opened = opened;
  }

  send(exchange: Exchange, parts: RequestParts, waitedMs = 0): void {
    const connection = this.#ready ?? this.#idle?.pop() ?? this.#open();
    this.#ready = undefined;
    if (connection) connection.send(exchange, parts, waitedMs);
    else this.#wait(exchange, parts, waitedMs);
  }

  /** All requests end as aborted, those that still wait for a connection as well. */
  close(): void {
    for (const waiting of this.#waiting ?? []) this.#abort(waiting);
    for (const connection of this.#all) connection.close();
    // One that no request has come to use.
    this.#opened?.socket.destroy();
  }

  abort(owner: object): void {
    for (const waiting of this.#waiting ?? []) if (waiting.exchange.owner === owner) this.#abort(waiting);
    for (const connection of this.#all) connection.abort(owner);
  }

  takeOpened(): OpenedSocket | undefined {
    const opened = this.#opened;
    this.#opened = undefined;
    return opened;
  }

  idle(connection: HttpConnection): void {
    if (this.#waiting && this.#sendWaiting(connection)) return;
    if (this.#ready) {
      this.#idle ??= [];
      this.#idle.push(this.#ready);
    }
    this.#ready = connection;
  }

  closed(connection: HttpConnection): void {
    this.#all = this.#all.filter((other) => other !== connection);
    this.#idle = this.#idle?.filter((other) => other !== connection);
    if (this.#ready === connection) this.#ready = undefined;
    this.#replace();
  }

  #open(): HttpConnection | undefined {
    const { settings, connect } = this.#options;
    if (this.#all.length >= settings.maxConnections) return undefined;
    const connection = connect(this);
    this.#all = [...this.#all, connection];
    return connection;
  }

  #wait(exchange: Exchange, parts: RequestParts, waitedMs: number): void {
    const { clock } = this.#options;
    const sinceUs = clock.nowUs() - waitedMs * 1_000;
    const waiting: WaitingRequest = { exchange, parts, sinceUs, timer: undefined };
    this.#waiting ??= new Set();
    this.#waiting.add(waiting);
    const { limits } = parts;
    if (limits.totalMs === 0) return;
    waiting.timer = setTimeout(() => this.#expire(waiting), limits.totalMs - waitedMs);
    waiting.timer.unref();
  }

  #abort(waiting: WaitingRequest): void {
    this.#unqueue(waiting);
    waiting.exchange.fail(ABORTED, this.#options.clock.nowUs());
  }

  #expire(waiting: WaitingRequest): void {
    this.#unqueue(waiting);
    const { exchange, parts } = waiting;
    exchange.fail(createTimeoutError('total', parts.limits), this.#options.clock.nowUs());
  }

  #unqueue(waiting: WaitingRequest): void {
    clearTimeout(waiting.timer);
    this.#waiting?.delete(waiting);
  }

  /** True where one was waiting. */
  #sendWaiting(connection: HttpConnection): boolean {
    if (!this.#waiting) return false;
    const [next] = this.#waiting;
    if (!next) return false;
    this.#unqueue(next);
    next.exchange.freeUs = this.#options.clock.nowUs();
    connection.send(next.exchange, next.parts, this.#waitedMs(next));
    return true;
  }

  #waitedMs({ sinceUs }: WaitingRequest): number {
    return (this.#options.clock.nowUs() - sinceUs) / 1_000;
  }

  #replace(): void {
    // Those that came together end together: no connection is opened for what little time is left.
    for (const waiting of this.#waiting ?? []) {
      const { totalMs } = waiting.parts.limits;
      if (totalMs > 0 && totalMs - this.#waitedMs(waiting) < 1) this.#expire(waiting);
    }
    if (!this.#waiting || this.#waiting.size === 0) return;
    const replacement = this.#open();
    if (replacement) this.#sendWaiting(replacement);
  }
}
