import type { TransportError } from '@loadts/core';
import type { Client, Dispatcher } from 'undici';
import { createRequestAdapter } from './adapt-request.ts';
import {
  type ConnectionOptions,
  type ConnectionOwner,
  type HttpConnection,
  KEEP_ALIVE_MS,
  mayRetry,
} from './connection.ts';
import { ConnectionSocket } from './connection-socket.ts';
import type { Exchange } from './exchange.ts';
import { loadUndici } from './load-undici.ts';
import { ListedHead } from './raw-head.ts';
import { RequestDeadline } from './request-deadline.ts';
import type { RequestParts } from './request-plan.ts';
import { ABORTED, describeTransportError } from './transport-error.ts';

const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 304]);

/**
 * HOT: one connection of one user, which carries one exchange at a time. It is undici's handler itself, in the form that
 * gets raw headers: nothing is allocated for a request here. All stamps are taken in the callbacks, never after an await.
 */
export class UndiciConnection implements HttpConnection, Dispatcher.DispatchHandler {
  readonly #options: ConnectionOptions;
  readonly #owner: ConnectionOwner;
  readonly #client: Client;
  #connected = false;
  #served = 0;
  #closed = false;
  #dispatching = false;
  #exchange: Exchange | undefined;
  #parts: RequestParts | undefined;
  readonly #deadline: RequestDeadline;
  readonly #socket: ConnectionSocket;
  readonly #adapt: ReturnType<typeof createRequestAdapter>;

  constructor(options: ConnectionOptions, owner: ConnectionOwner) {
    this.#options = options;
    this.#owner = owner;
    this.#deadline = new RequestDeadline(options.clock, (error) => this.close(error));
    this.#socket = new ConnectionSocket(options, owner);
    this.#adapt = createRequestAdapter(options.origin, options.settings);
    const undici = loadUndici();
    this.#client = new undici.Client(options.origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connect: (target, callback) => {
        const limits = this.#parts?.limits ?? options.settings.limits;
        const times = this.#socket.open(target, limits, callback);
        if (this.#exchange) {
          this.#exchange.connectTimes = times;
          this.#exchange.sentUs = times.startUs;
        }
      },
    });
    this.#client.on('connect', () => {
      this.#connected = true;
    });
    this.#client.on('disconnect', () => {
      this.#connected = false;
      this.#served = 0;
      // A request that was about to use the connection now waits for a new one.
      if (this.#exchange?.sentUs === 0) this.#exchange.sentUs = this.#options.clock.nowUs();
    });
  }

  send(exchange: Exchange, parts: RequestParts, waitedMs = 0): void {
    this.#exchange = exchange;
    this.#parts = parts;
    this.#deadline.start(parts.limits, waitedMs);
    this.#dispatch(exchange, parts);
  }

  close(error: TransportError = ABORTED): void {
    if (this.#closed) return;
    // Before the exchange ends, so that nobody takes the connection for idle.
    this.#closed = true;
    this.#deadline.close();
    this.#fail(error);
    this.#socket.cancel();
    this.#owner.closed(this);
    this.#client.destroy().catch(() => {});
  }

  abort(owner: object): void {
    if (this.#exchange?.owner === owner) this.close();
  }

  onConnect(): void {
    // A new connection counts from the start of connecting, which `#dispatch` has stamped.
    const exchange = this.#exchange;
    if (exchange?.sentUs === 0) exchange.sentUs = this.#options.clock.nowUs();
    this.#deadline.sent();
  }

  onResponseStarted(): void {
    // An informational response may come first: it is none, yet shows that the server is at work.
    const exchange = this.#exchange;
    if (exchange?.firstByteUs === 0) exchange.firstByteUs = this.#options.clock.nowUs();
  }

  onHeaders(status: number, rawHeaders: Buffer[], resume: () => void, statusText: string): boolean {
    const exchange = this.#exchange;
    if (!exchange || status < 200) return true;
    this.#deadline.headed();
    exchange.head(status, new ListedHead(rawHeaders, statusText));
    if (exchange.sink) this.#openSink(exchange, resume);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#deadline.moved();
    const goesOn = this.#exchange?.append(chunk) ?? true;
    if (!goesOn) this.#deadline.pause();
    return goesOn;
  }

  onComplete(): void {
    const endUs = this.#options.clock.nowUs();
    this.#served++;
    this.#release()?.end(endUs);
  }

  onError(error: Error): void {
    const exchange = this.#exchange;
    if (!exchange) return;
    const problem = describeTransportError(error);
    // It may say a length and has no body; undici misses the body.
    if (WITHOUT_BODY.has(exchange.status) && problem.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
      return this.onComplete();
    if (problem.kind === 'reset' && this.#parts && mayRetry(exchange, this.#parts, this.#served)) {
      this.#connected = false;
      exchange.freeUs = this.#options.clock.nowUs();
      this.#dispatch(exchange, this.#parts);
      return;
    }
    // A request that undici refuses: its failure must take a turn, or a user who goes on with it would never give way.
    if (this.#dispatching) setImmediate(() => this.#fail(problem));
    else this.#fail(problem);
  }

  #openSink(exchange: Exchange, resume: () => void): void {
    // Nobody may wait for the connection to end it.
    exchange.bytesSent += this.#socket.takeBytesSent();
    exchange.sink?.open({
      resume: () => {
        if (this.#exchange !== exchange) return;
        this.#deadline.resume();
        resume();
      },
      close: () => {
        if (this.#exchange === exchange) this.close();
      },
    });
  }

  #dispatch(exchange: Exchange, parts: RequestParts): void {
    exchange.attempts++;
    exchange.sentUs = this.#connected ? 0 : this.#options.clock.nowUs();
    this.#dispatching = true;
    this.#client.dispatch(this.#adapt ? this.#adapt(parts.options) : parts.options, this);
    this.#dispatching = false;
  }

  #fail(error: TransportError): void {
    const exchange = this.#release();
    exchange?.fail(error, this.#options.clock.nowUs());
  }

  /** Free for the next exchange, which may be sent right here. */
  #release(): Exchange | undefined {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    if (!exchange) return undefined;
    this.#deadline.end();
    exchange.bytesSent += this.#socket.takeBytesSent();
    if (!this.#closed) this.#owner.idle(this);
    return exchange;
  }
}
