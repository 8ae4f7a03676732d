import type { Socket } from 'node:net';
import type { TransportError } from '@loadts/core';
import {
  type ConnectionOptions,
  type ConnectionOwner,
  type HttpConnection,
  KEEP_ALIVE_MS,
  mayRetry,
} from '../connection.ts';
import type { Exchange } from '../exchange.ts';
import { OpeningSocket, type SocketTarget } from '../open-socket.ts';
import { findValues, hasHeader } from '../raw-head.ts';
import { RequestDeadline } from '../request-deadline.ts';
import type { RequestParts } from '../request-plan.ts';
import { ABORTED, BODY_FAILED, describeTransportError, TransportFailure } from '../transport-error.ts';
import type { ParsedHead } from './parsed-head.ts';
import type { ParserPool } from './parser-pool.ts';
import type { RequestHeads } from './request-heads.ts';
import type { ResponseParser, ResponseReceiver } from './response-parser.ts';
import { writeRequest } from './write-request.ts';

export interface FastConnectionOptions extends ConnectionOptions {
  readonly target: SocketTarget;
  readonly parsers: ParserPool;
  readonly heads: RequestHeads;
}

const PROTOCOLS = ['http/1.1'];
const CLOSED: TransportError = {
  kind: 'reset',
  code: 'CLOSED',
  message: 'connection closed before the response ended (CLOSED)',
};
/** A server may close a little earlier than it has said. */
const HINT_MARGIN_MS = 1_000;

/**
 * HOT: one connection on a socket of Node's own that reads into a place which all connections share. Nothing waits for a
 * turn of the loop: a request is written in the call, a response ends in the read that brings its last byte.
 */
export class FastConnection implements HttpConnection, ResponseReceiver {
  readonly #options: FastConnectionOptions;
  readonly #owner: ConnectionOwner;
  /** While a response comes. */
  #parser: ResponseParser | undefined;
  readonly #deadline: RequestDeadline;
  #opening: OpeningSocket | undefined;
  #socket: Socket | undefined;
  #exchange: Exchange | undefined;
  #parts: RequestParts | undefined;
  /** Responses that the socket has brought. */
  #served = 0;
  /** Until then the server keeps the idle connection. */
  #idleUntilUs = 0;
  #readUs = 0;
  #complete = false;
  #keepAlive = false;
  #keepAliveMs = KEEP_ALIVE_MS;
  #paused = false;
  #closed = false;
  /** A body is still being sent. */
  #sending = false;

  constructor(options: FastConnectionOptions, owner: ConnectionOwner) {
    this.#options = options;
    this.#owner = owner;
    this.#deadline = new RequestDeadline(options.clock, (error) => this.close(error));
  }

  send(exchange: Exchange, parts: RequestParts, waitedMs = 0): void {
    this.#exchange = exchange;
    this.#parts = parts;
    const nowUs = this.#options.clock.nowUs();
    this.#deadline.start(parts.limits, waitedMs, nowUs);
    this.#attempt(exchange, parts, nowUs);
  }

  close(error: TransportError = ABORTED): void {
    if (this.#closed) return;
    // Before the exchange ends, so that nobody takes the connection for idle.
    this.#closed = true;
    this.#deadline.close();
    this.#drop();
    this.#opening?.cancel();
    this.#fail(error);
    this.#owner.closed(this);
  }

  abort(owner: object): void {
    if (this.#exchange?.owner === owner) this.close();
  }

  begin(): boolean {
    const exchange = this.#exchange;
    if (!exchange || this.#complete) return false;
    if (exchange.firstByteUs === 0) exchange.firstByteUs = this.#readUs;
    return true;
  }

  head(status: number, head: ParsedHead, keepAlive: boolean): boolean {
    const exchange = this.#exchange;
    if (!exchange || status < 200) return true;
    const isHead = this.#parts?.options.method === 'HEAD';
    // llhttp takes it for a response without an end.
    this.#keepAlive = isHead ? this.#parser?.isHttp11 === true && !saysClose(head) : keepAlive;
    this.#keepAliveMs = readHint(head);
    this.#deadline.headed();
    exchange.head(status, head);
    exchange.sink?.open({
      resume: () => this.#resume(exchange),
      close: () => {
        if (this.#exchange === exchange) this.close();
      },
    });
    return !isHead;
  }

  body(bytes: Buffer, begin: number, end: number): void {
    this.#deadline.moved();
    if (this.#exchange?.appendPart(bytes, begin, end, this.#readUs) !== false) return;
    this.#deadline.pause();
    this.#paused = true;
  }

  complete(): void {
    this.#complete = true;
  }

  #attempt(exchange: Exchange, parts: RequestParts, nowUs: number): void {
    exchange.attempts++;
    exchange.sentUs = nowUs;
    const socket = this.#socket;
    if (socket && nowUs < this.#idleUntilUs && socket.writable) return this.#write(exchange, parts, socket);
    this.#drop();
    this.#open(exchange, parts);
  }

  #open(exchange: Exchange, { limits }: RequestParts): void {
    const { target, clock, settings, parsers } = this.#options;
    const { sessions } = this.#owner;
    const onread = { buffer: parsers.readBuffer, callback: (bytes: number): boolean => this.#read(bytes) };
    const options = { clock, settings, sessions, limits, protocols: PROTOCOLS, onread };
    this.#served = 0;
    const opening = new OpeningSocket(target, options, (error, socket) => {
      this.#opening = undefined;
      if (error) this.#broken(error.transportError);
      else this.#opened(socket);
    });
    this.#opening = opening;
    exchange.connectTimes = opening.times;
    exchange.sentUs = opening.times.startUs;
  }

  #opened(socket: Socket): void {
    this.#socket = socket;
    const isCurrent = (): boolean => this.#socket === socket;
    socket.on('error', (error) => {
      if (isCurrent()) this.#broken(describeTransportError(error));
    });
    socket.on('end', () => {
      if (isCurrent()) this.#ended();
    });
    socket.on('close', () => {
      if (isCurrent()) this.#broken(CLOSED);
    });
    if (this.#exchange && this.#parts) this.#write(this.#exchange, this.#parts, socket);
  }

  #write(exchange: Exchange, parts: RequestParts, socket: Socket): void {
    this.#deadline.sent();
    this.#complete = false;
    try {
      const written = writeRequest(socket, parts, this.#options.heads);
      if (typeof written === 'number') exchange.bytesSent += written;
      else void this.#awaitBody(exchange, written);
    } catch (error) {
      // It must take a turn, or a user who goes on with it would never give way.
      setImmediate(() => this.#refuse(exchange, error));
    }
  }

  async #awaitBody(exchange: Exchange, written: Promise<number>): Promise<void> {
    this.#sending = true;
    try {
      exchange.bytesSent += await written;
      if (this.#exchange === exchange) this.#sending = false;
    } catch (error) {
      this.#refuse(exchange, error);
    }
  }

  /** The request itself is at fault. */
  #refuse(exchange: Exchange, error: unknown): void {
    if (this.#exchange !== exchange) return;
    this.#drop();
    this.#fail(error instanceof TransportFailure ? error.transportError : BODY_FAILED);
  }

  #read(bytes: number): boolean {
    // Nobody has asked for it.
    if (!this.#exchange) {
      this.#drop();
      return false;
    }
    this.#readUs = this.#options.clock.nowUs();
    const parser = (this.#parser ??= this.#options.parsers.take(this));
    const problem = parser.execute(bytes);
    if (this.#complete) this.#finish(problem === undefined);
    else if (problem !== undefined) this.#broken(describeMalformed(problem));
    return !this.#paused;
  }

  /** The server sends no more. */
  #ended(): void {
    if (!this.#exchange) return this.#drop();
    this.#readUs = this.#options.clock.nowUs();
    // A body may last until the end of the connection.
    this.#parser?.finish();
    if (this.#complete) this.#finish(false);
    else this.#broken(CLOSED);
  }

  /** @param clean whether the connection may be used again, as far as it can be seen from what was read */
  #finish(clean: boolean): void {
    this.#served++;
    this.#paused = false;
    const stays = clean && this.#keepAlive && !this.#sending && this.#options.settings.keepAlive;
    if (stays) {
      this.#idleUntilUs = this.#readUs + this.#keepAliveMs * 1_000;
      this.#freeParser(true);
    } else this.#drop();
    this.#release()?.end(this.#readUs);
  }

  #resume(exchange: Exchange): void {
    if (this.#exchange !== exchange) return;
    this.#paused = false;
    this.#deadline.resume();
    this.#socket?.resume();
  }

  #broken(error: TransportError): void {
    this.#drop();
    const [exchange, parts] = [this.#exchange, this.#parts];
    if (!exchange || !parts) return;
    if (error.kind !== 'reset' || !mayRetry(exchange, parts, this.#served)) return this.#fail(error);
    exchange.freeUs = this.#options.clock.nowUs();
    this.#attempt(exchange, parts, exchange.freeUs);
  }

  #fail(error: TransportError): void {
    this.#release()?.fail(error, this.#options.clock.nowUs());
  }

  /** Free for the next exchange, which may be sent right here. */
  #release(): Exchange | undefined {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#parts = undefined;
    if (!exchange) return undefined;
    this.#sending = false;
    this.#deadline.end();
    if (!this.#closed) this.#owner.idle(this);
    return exchange;
  }

  #freeParser(clean: boolean): void {
    this.#parser?.free(clean);
    this.#parser = undefined;
  }

  #drop(): void {
    this.#freeParser(false);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
  }
}

function describeMalformed(problem: string): TransportError {
  const code = 'HTTP_MALFORMED';
  return { kind: 'protocol', code, message: `malformed response (${code}): ${problem}` };
}

function saysClose(head: ParsedHead): boolean {
  return findValues(head, 'connection').some((value) => /\bclose\b/i.test(value));
}

/** How long the server says that it keeps an idle connection. */
function readHint(head: ParsedHead): number {
  const [hint] = hasHeader(head, 'keep-alive') ? findValues(head, 'keep-alive') : [];
  if (hint === undefined) return KEEP_ALIVE_MS;
  const [, seconds] = /timeout=(\d+)/i.exec(hint) ?? [];
  if (seconds === undefined) return KEEP_ALIVE_MS;
  const ms = Number(seconds) * 1_000;
  return Math.min(KEEP_ALIVE_MS, Math.max(ms / 2, ms - HINT_MARGIN_MS));
}
