import { type ClientHttp2Session, connect } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Exchange } from './exchange.ts';
import { Http2Request } from './http2-request.ts';
import { OpeningSocket, type TlsSessions } from './open-socket.ts';
import { type ConnectionPool, OriginConnections, type OriginOptions } from './origin-connections.ts';
import { readSocketTarget } from './read-socket-target.ts';
import type { RequestParts } from './request-plan.ts';

const KEEP_ALIVE_MS = 75_000;
/** Node's own are made for slow networks, where they save memory. */
const STREAM_WINDOW_BYTES = 262_144;
const SESSION_WINDOW_BYTES = 1_048_576;

/** Requests to one origin as streams of one HTTP/2 session, or over HTTP/1.1 where the server wants that. */
export class Http2Connections implements ConnectionPool {
  readonly #options: OriginOptions;
  readonly #requests = new Set<Http2Request>();
  /** Those that wait for the session. */
  readonly #waiting = new Set<Http2Request>();
  readonly #sessions: TlsSessions = { latest: undefined };
  #opening: OpeningSocket | undefined;
  #session: ClientHttp2Session | undefined;
  #http1: OriginConnections | undefined;

  constructor(options: OriginOptions) {
    this.#options = options;
  }

  send(exchange: Exchange, parts: RequestParts, waitedMs = 0): void {
    if (this.#http1) return this.#http1.send(exchange, parts, waitedMs);
    const { origin, clock } = this.#options;
    const onEnded = (ended: Http2Request): void => {
      this.#requests.delete(ended);
      this.#waiting.delete(ended);
    };
    const request = new Http2Request({ origin, exchange, parts, waitedMs, clock, onEnded });
    this.#requests.add(request);
    if (this.#session) return request.start(this.#session);
    this.#waiting.add(request);
    this.#opening ??= this.#open(request, parts);
  }

  close(): void {
    for (const request of this.#requests) request.abort();
    this.#opening?.cancel();
    this.#session?.destroy();
    this.#http1?.close();
  }

  abort(owner: object): void {
    for (const request of this.#requests) if (request.exchange.owner === owner) request.abort();
    this.#http1?.abort(owner);
  }

  #open(request: Http2Request, { limits }: RequestParts): OpeningSocket {
    const { origin, settings, clock } = this.#options;
    const target = readSocketTarget(origin);
    const options = { clock, limits, settings, sessions: this.#sessions, protocols: ['h2', 'http/1.1'] };
    const opening = new OpeningSocket(target, options, (error, socket) => {
      this.#opening = undefined;
      if (error) for (const waiting of this.#waiting) waiting.fail(error.transportError);
      else if (!target.secure || (socket as TLSSocket).alpnProtocol === 'h2') this.#start(socket);
      else this.#fallBack(socket, opening);
    });
    request.connectTimes = opening.times;
    return opening;
  }

  #start(socket: Socket): void {
    const session = connect(this.#options.origin, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES },
    });
    this.#session = session;
    const forget = (): void => {
      if (this.#session === session) this.#session = undefined;
    };
    session.once('connect', () => session.setLocalWindowSize(SESSION_WINDOW_BYTES));
    // Streams under way go on, new requests get a new session.
    session.on('goaway', forget);
    session.on('close', forget);
    // Its streams tell their requests.
    session.on('error', forget);
    session.setTimeout(KEEP_ALIVE_MS, () => {
      if (this.#requests.size > 0) return;
      forget();
      session.close();
    });
    for (const waiting of this.#waiting) waiting.start(session);
    this.#waiting.clear();
  }

  #fallBack(socket: Socket, { times }: OpeningSocket): void {
    this.#http1 = new OriginConnections(this.#options, { socket, times });
    for (const waiting of this.#waiting) {
      const { exchange, parts, waitedMs } = waiting.release();
      exchange.freeUs = this.#options.clock.nowUs();
      this.#http1.send(exchange, parts, waitedMs);
    }
  }
}
