import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';
import { Readable } from 'node:stream';
import type { Clock, TransportError } from '@loadts/core';
import type { ConnectTimes } from './connect-times.ts';
import type { Exchange } from './exchange.ts';
import type { RequestParts } from './http-connection.ts';
import { toHttp2Headers, toRawHeaders } from './http2-headers.ts';
import { describeHttp2Error, describeReset } from './http2-problem.ts';
import { RequestDeadline } from './request-deadline.ts';
import { ABORTED } from './transport-error.ts';

export interface Http2RequestOptions {
  readonly origin: string;
  readonly exchange: Exchange;
  readonly parts: RequestParts;
  readonly clock: Clock;
  /** Called once, before the exchange ends. */
  readonly onEnded: (request: Http2Request) => void;
}

/** One exchange over HTTP/2, from the call on: it may wait for a session first. */
export class Http2Request {
  readonly exchange: Exchange;
  readonly #options: Http2RequestOptions;
  readonly #deadline = new RequestDeadline((error) => this.fail(error));
  #stream: ClientHttp2Stream | undefined;
  #endUs = 0;
  #ended = false;

  constructor(options: Http2RequestOptions) {
    this.#options = options;
    this.exchange = options.exchange;
    // What comes before a session is there is the time for connecting.
    this.exchange.sentUs = options.clock.nowUs();
    this.#deadline.start(options.parts.limits, 0);
  }

  /** Of the session that is opened for it. */
  set connectTimes(times: ConnectTimes) {
    this.exchange.connectTimes = times;
  }

  start(session: ClientHttp2Session): void {
    const { exchange } = this;
    const { origin, parts } = this.#options;
    const body = parts.options.body as string | Uint8Array | AsyncIterable<Uint8Array> | null;
    const { headers, bytes } = toHttp2Headers(origin, parts.options);
    exchange.attempts++;
    exchange.bytesSent = bytes;
    try {
      this.#stream = session.request(headers, { endStream: body === null });
    } catch (error) {
      return this.fail(describeHttp2Error(error as Error));
    }
    this.#listen(this.#stream, session);
    this.#deadline.sent();
    if (body === null) return;
    if (typeof body === 'string' || body instanceof Uint8Array) {
      exchange.bytesSent += Buffer.byteLength(body);
      this.#stream.end(body);
      return;
    }
    const source = Readable.from(body);
    source.on('data', (chunk: Uint8Array) => {
      exchange.bytesSent += Buffer.byteLength(chunk);
    });
    source.on('error', (error) => this.fail(describeHttp2Error(error)));
    source.pipe(this.#stream);
  }

  /** Gives the exchange back, for HTTP/1.1. */
  release(): { readonly exchange: Exchange; readonly parts: RequestParts; readonly waitedMs: number } {
    const { clock, parts } = this.#options;
    this.#end();
    return { exchange: this.exchange, parts, waitedMs: (clock.nowUs() - this.exchange.sentUs) / 1_000 };
  }

  abort(): void {
    this.fail(ABORTED);
  }

  /** Ends it without a response. */
  fail(error: TransportError): void {
    if (this.#ended) return;
    this.#end();
    this.#stream?.close(constants.NGHTTP2_CANCEL);
    this.exchange.fail(error, this.#options.clock.nowUs());
  }

  #listen(stream: ClientHttp2Stream, session: ClientHttp2Session): void {
    const { exchange } = this;
    const { clock } = this.#options;
    const stampFirstByte = (): void => {
      exchange.firstByteUs ||= clock.nowUs();
    };
    stream.on('headers', stampFirstByte);
    stream.on('response', (headers) => {
      stampFirstByte();
      this.#deadline.headed();
      exchange.head(headers[':status'] ?? 0, toRawHeaders(headers), '');
    });
    stream.on('data', (chunk: Buffer) => {
      if (this.#ended) return;
      this.#deadline.moved();
      exchange.append(chunk);
    });
    stream.on('end', () => {
      this.#endUs = clock.nowUs();
    });
    stream.on('error', (error) => this.fail(describeHttp2Error(error, stream.rstCode)));
    stream.on('close', () => {
      const complete =
        this.#endUs > 0 && exchange.status > 0 && stream.rstCode === constants.NGHTTP2_NO_ERROR;
      if (complete) this.#complete();
      else this.fail(describeReset(stream.rstCode ?? 0, session));
    });
  }

  #complete(): void {
    if (this.#ended) return;
    this.#end();
    this.exchange.end(this.#endUs);
  }

  #end(): void {
    this.#ended = true;
    this.#deadline.close();
    this.#options.onEnded(this);
  }
}
