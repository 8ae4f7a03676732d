import type {
  Check,
  HttpResponse,
  HttpTimings,
  RedirectHop,
  ResponseHeaders,
  StreamTimes,
  TransportError,
} from '@loadts/core';
import type { EntryRecorder } from '../statistics/entry-recorder.ts';
import type { CheckVerdict } from './check-response.ts';
import { addTimings, type ConnectTimes, splitTime } from './connect-times.ts';
import { readEncodings, unpack } from './content-encoding.ts';
import { findValues, hasHeader, NO_HEAD, type RawHead } from './raw-head.ts';
import type { RequestPlan } from './request-plan.ts';
import { RawResponseHeaders } from './response-headers.ts';

/** Bodies up to here are kept; of larger ones only the size. */
const MAX_KEPT_BYTES = 10 * 1024 * 1024;

const NO_HOPS: readonly RedirectHop[] = [];

/** What the hops before the current one add to a request that was redirected. */
interface RedirectTrail {
  readonly hops: RedirectHop[];
  readonly delayUs: number | undefined;
  /** When the first hop was sent. */
  readonly sentUs: number;
  timings: HttpTimings;
  retried: boolean;
  connected: boolean;
}

/** A connection, as far as the body that it receives can steer it. */
export interface BodySource {
  readonly resume: () => void;
  readonly close: () => void;
}

/** Who takes a body while it comes, instead of the exchange that would keep it. */
export interface BodySink {
  /** Nobody wants more of it: its request has been counted. */
  readonly discarded: boolean;
  readonly opened: boolean;
  /** The headers have come. Those of a redirect on the way open nothing. */
  open(source: BodySource): void;
  /**
   * @param atUs when it came, where that is known
   * @returns false where the source must wait until it is resumed
   */
  push(chunk: Buffer, atUs?: number): boolean;
  /** There will be no more. @returns what the check made of the headers */
  end(): CheckVerdict | Promise<CheckVerdict>;
  /** The request has its outcome. */
  counted(): void;
}

/** HOT: one per request, filled by its connection, then handed to the user as the response. Times are clock microseconds. */
export class Exchange implements HttpResponse {
  readonly entry: EntryRecorder;
  url: string;
  readonly callUs: number;
  /** When a connection was free for it, where it had to wait for one. */
  freeUs = 0;
  /** When the schedule of an open scenario wanted it. */
  intendedUs: number | undefined;
  sentUs = 0;
  firstByteUs = 0;
  endUs = 0;
  status = 0;
  bytesReceived = 0;
  bytesSent = 0;
  /** Of the connection that was opened for it. */
  connectTimes: ConnectTimes | undefined;
  attempts = 0;
  /** Who sent it, where users share connections. */
  owner: object | undefined;
  error: TransportError | undefined;
  // What `settle` needs is here and not in a closure, so that one `settle` serves all requests of a client.
  check: Check | undefined;
  plan: RequestPlan | undefined;
  trail: RedirectTrail | undefined;
  sink: BodySink | undefined;
  /** When its events came, where it was read as a stream of them. */
  stream: StreamTimes | undefined;
  /** Of the caller's promise. */
  resolve: ((response: HttpResponse) => void) | undefined;
  reject: ((reason: Error) => void) | undefined;
  readonly #settle: (exchange: Exchange) => void;
  #head: RawHead = NO_HEAD;
  #headers: ResponseHeaders | undefined;
  #chunks: Buffer[] | undefined;
  /** The only chunk so far, as a part of other bytes: a view of it is made when somebody asks. */
  #part: Buffer | undefined;
  #partBegin = 0;
  #partEnd = 0;
  #unpacked = false;
  /** When the current hop began, and what was received before it. */
  #hopUs: number;
  #receivedBefore = 0;

  /** @param settle called once, when the exchange has ended */
  constructor(entry: EntryRecorder, url: string, callUs: number, settle: (exchange: Exchange) => void) {
    this.entry = entry;
    this.url = url;
    this.callUs = callUs;
    this.#hopUs = callUs;
    this.#settle = settle;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get statusText(): string {
    return this.#head.statusText;
  }

  get durationMs(): number {
    return (this.endUs - this.callUs) / 1_000;
  }

  get timings(): HttpTimings {
    const timings = splitTime(this, this.#hopUs);
    return this.trail ? addTimings(this.trail.timings, timings) : timings;
  }

  get reusedConnection(): boolean {
    return this.sentUs > 0 && this.connectTimes === undefined && !this.trail?.connected;
  }

  /** From sending to the end, over all hops: in an open scenario, where it was sent. */
  get serviceUs(): number | undefined {
    const sentUs = this.trail?.sentUs ?? this.sentUs;
    return this.intendedUs === undefined || sentUs === 0 ? undefined : this.endUs - sentUs;
  }

  /** From sending to the first byte of the final answer, over all hops; undefined where none came. */
  get ttfbUs(): number | undefined {
    return this.firstByteUs === 0 ? undefined : this.firstByteUs - (this.trail?.sentUs ?? this.sentUs);
  }

  get retried(): boolean {
    return this.attempts > 1 || this.trail?.retried === true;
  }

  /** From the moment that it could be sent to the moment that it was; undefined where it was not. */
  get generatorDelayUs(): number | undefined {
    if (this.trail) return this.trail.delayUs;
    if (this.sentUs === 0) return undefined;
    return this.freeUs === 0 ? this.sentUs - this.callUs : Math.max(0, this.sentUs - this.freeUs);
  }

  get headers(): ResponseHeaders {
    this.#headers ??= new RawResponseHeaders(this.#head);
    return this.#headers;
  }

  get history(): readonly RedirectHop[] {
    return this.trail?.hops ?? NO_HOPS;
  }

  /** HOT: what cookies the response sets. */
  get setCookies(): readonly string[] | undefined {
    return hasHeader(this.#head, 'set-cookie') ? this.rawValues('set-cookie') : undefined;
  }

  /** The values of a header. @param name in lower case */
  rawValues(name: string): readonly string[] {
    return findValues(this.#head, name);
  }

  /** Ready for the next request of a chain of redirects, with what counts for the whole kept. */
  nextHop(plan: RequestPlan): void {
    const { status, headers, timings, retried, generatorDelayUs: delayUs } = this;
    this.trail ??= { hops: [], delayUs, sentUs: this.sentUs, timings, retried, connected: false };
    this.trail.hops.push({ status, url: this.url, headers });
    this.trail.timings = timings;
    this.trail.retried = retried;
    this.trail.connected ||= this.connectTimes !== undefined;
    this.#hopUs = this.endUs;
    this.#receivedBefore = this.bytesReceived;
    this.url = plan.target.url;
    this.plan = plan;
    this.status = 0;
    this.sentUs = 0;
    this.firstByteUs = 0;
    this.connectTimes = undefined;
    this.attempts = 0;
    this.#head = NO_HEAD;
    this.#headers = undefined;
    this.#chunks = undefined;
    this.#part = undefined;
    this.#unpacked = false;
  }

  head(status: number, head: RawHead): void {
    this.status = status;
    this.#head = head;
  }

  /** @returns false where the connection must wait until it is resumed */
  append(chunk: Buffer, atUs?: number): boolean {
    this.bytesReceived += chunk.length;
    if (this.sink) return this.sink.push(chunk, atUs);
    if (this.#bodyBytes > MAX_KEPT_BYTES) this.#chunks = undefined;
    else if (this.#chunks) this.#chunks.push(chunk);
    else this.#chunks = [...this.#takePart(), chunk];
    return true;
  }

  /** HOT: the same for a part of bytes, as most bodies come in one. */
  appendPart(bytes: Buffer, begin: number, end: number, atUs: number): boolean {
    if (this.sink || this.#chunks || this.#part) return this.append(bytes.subarray(begin, end), atUs);
    this.bytesReceived += end - begin;
    this.#part = bytes;
    this.#partBegin = begin;
    this.#partEnd = end;
    return true;
  }

  #takePart(): Buffer[] {
    const part = this.#part?.subarray(this.#partBegin, this.#partEnd);
    this.#part = undefined;
    return part ? [part] : [];
  }

  /** Ends it without a response. */
  fail(error: TransportError, endUs: number): void {
    if (this.sink?.discarded) return void this.sink.end();
    this.error = error;
    this.status = 0;
    this.end(endUs);
  }

  end(endUs: number): void {
    if (this.sink?.discarded) return void this.sink.end();
    this.endUs = endUs;
    this.#settle(this);
  }

  bytes(): Uint8Array {
    this.#checkKept();
    return this.#body();
  }

  #checkKept(): void {
    if (this.sink) throw new Error('the body was streamed, and not kept');
    if (this.#bodyBytes > MAX_KEPT_BYTES) {
      throw new Error(`the body of ${this.#bodyBytes} bytes was not kept: the limit is 10 MiB`);
    }
  }

  get #bodyBytes(): number {
    return this.bytesReceived - this.#receivedBefore;
  }

  text(): string {
    this.#checkKept();
    return this.#body().toString('utf8');
  }

  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T;
  }

  #body(): Buffer {
    this.#chunks ??= this.#takePart();
    const chunks = this.#chunks;
    if (chunks.length === 0) return Buffer.alloc(0);
    if (!this.#unpacked) {
      const packed = chunks.length > 1 ? Buffer.concat(chunks) : (chunks[0] as Buffer);
      const encodings = readEncodings(this.rawValues('content-encoding'));
      this.#chunks = [encodings ? unpack(packed, encodings, MAX_KEPT_BYTES) : packed];
      this.#unpacked = true;
    }
    return this.#chunks?.[0] as Buffer;
  }
}
