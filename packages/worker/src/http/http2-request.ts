import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';
import type { Clock, TransportError } from '@loadts/core';
import type { ConnectTimes } from './connect-times.ts';
import type { Exchange } from './exchange.ts';
import { type Http2Body, sendBody } from './http2-body.ts';
import { toHttp2Headers, toRawHeaders } from './http2-headers.ts';
import { describeHttp2Error, describeReset } from './http2-problem.ts';
import { ListedHead } from './raw-head.ts';
import { RequestDeadline } from './request-deadline.ts';
import type { RequestParts } from './request-plan.ts';
import { ABORTED, BODY_FAILED } from './transport-error.ts';

export interface Http2RequestOptions {
  readonly origin: string;
  readonly exchange: Exchange;
  readonly parts: RequestParts;
  /** Of the request's time, gone before the call. */
  readonly waitedMs: number;
  readonly clock: Clock;
  /** Called once, before the exchange ends. */
  readonly onEnded: (request: Http2Request) => void;
}

/** One exchange over HTTP/2, from the call on: it may wait for a session first. */
export class Http2Request {
  readonly exchange: Exchange;
  readonly #options: Http2RequestOptions;
  readonly #deadline: RequestDeadline;
  #stream: ClientHttp2Stream | undefined;
  #endUs = 0;
  #ended = false;

  constructor(options: Http2RequestOptions) {
    this.#options = options;
    this.exchange = options.exchange;
    // What comes before a session is there is the time for connecting.
    this.exchange.sentUs = options.clock.nowUs();
    this.#deadline = new RequestDeadline(options.clock, (error) => this.fail(error));
    this.#deadline.start(options.parts.limits, options.waitedMs);
  }

  /** Of the session that is opened for it. */
  set connectTimes(times: ConnectTimes) {
    this.exchange.connectTimes = times;
  }

  start(session: ClientHttp2Session): void {
    const { exchange } = this;
    const { origin, parts } = this.#options;
    const body = (parts.options.body ?? null) as Http2Body | null;
    const { headers, bytes } = toHttp2Headers(origin, parts.options);
    exchange.attempts++;
    exchange.bytesSent += bytes;
    try {
      this.#stream = session.request(headers, { endStream: body === null });
    } catch (error) {
      return this.fail(describeHttp2Error(error as Error));
    }
    this.#listen(this.#stream, session);
    this.#deadline.sent();
    if (body === null) return;
    const onSent = (bodyBytes: number): void => {
      exchange.bytesSent += bodyBytes;
    };
    sendBody(this.#stream, body, onSent, () => this.fail(BODY_FAILED));
  }

  /** Gives the exchange back, for HTTP/1.1. */
  release(): { readonly exchange: Exchange; readonly parts: RequestParts; readonly waitedMs: number } {
    const { clock, parts, waitedMs: before } = this.#options;
    this.#end();
    const waitedMs = before + (clock.nowUs() - this.exchange.sentUs) / 1_000;
    return { exchange: this.exchange, parts, waitedMs };
  }

  abort(): void {
    this.fail(ABORTED);
  }

  /** Ends it without a response. */
  fail(error: TransportError): void {
    if (this.#ended) return;
    this.#end();
    this.#stream?.close(constants.NGHTTP2_CANCEL);
    // One that is held back would never come to its end.
    this.#stream?.destroy();
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
      exchange.head(headers[':status'] ?? 0, new ListedHead(toRawHeaders(headers)));
      exchange.sink?.open({ resume: () => this.#resume(), close: () => this.abort() });
    });
    stream.on('data', (chunk: Buffer) => {
      if (this.#ended) return;
      this.#deadline.moved();
      if (!exchange.append(chunk)) this.#pause();
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

  #pause(): void {
    this.#deadline.pause();
    this.#stream?.pause();
  }

  #resume(): void {
    if (this.#ended) return;
    this.#deadline.resume();
    this.#stream?.resume();
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
