import {
  type RedirectHop,
  type ResponseHeaders,
  StopUser,
  type StreamedResponse,
  type StreamOptions,
  type StreamTime,
  type StreamTimes,
  type TransportError,
} from '@loadts/core';
import { BodyFlow } from './body-flow.ts';
import { type CheckVerdict, Interruption, runHeadCheck } from './check-response.ts';
import { readEncodings } from './content-encoding.ts';
import type { TimedResponse } from './events/event-stream.ts';
import type { BodySink, BodySource, Exchange } from './exchange.ts';
import { unpackChunks } from './unpack-chunks.ts';

/** What a client does for the responses that it streams. */
export interface StreamOwner {
  /** The headers are those of a redirect that is followed: not this response's own. */
  isPassedOver(): boolean;
  /** The body may be read, unless the check would rather not. */
  opened(stream: StreamedExchange, interrupted: boolean): void;
  /** Nobody wants more of the body: the request ends here. */
  discarded(verdict: CheckVerdict | Promise<CheckVerdict>): void;
  nowUs(): number;
  /** One of the times of a stream's events. */
  recordTime(time: StreamTime, durationUs: number, atUs: number): void;
}

/** A response that its user reads while it comes. */
export class StreamedExchange implements StreamedResponse, TimedResponse, BodySink {
  readonly #exchange: Exchange;
  readonly #owner: StreamOwner;
  readonly #check: StreamOptions['check'];
  #flow: BodyFlow | undefined;
  #verdict: CheckVerdict | Promise<CheckVerdict>;
  #ended = false;
  #read = false;
  /** When chunks came that were not read yet. */
  readonly #arrivals = new WeakMap<Uint8Array, number>();
  #isCounted = false;
  #onCounted: (() => void) | undefined;
  status = 0;
  discarded = false;

  constructor(exchange: Exchange, owner: StreamOwner, check: StreamOptions['check']) {
    this.#exchange = exchange;
    this.#owner = owner;
    this.#check = check;
  }

  get opened(): boolean {
    return this.#flow !== undefined;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get url(): string {
    return this.#exchange.url;
  }

  get headers(): ResponseHeaders {
    return this.#exchange.headers;
  }

  get history(): readonly RedirectHop[] {
    return this.#exchange.history;
  }

  get error(): TransportError | undefined {
    return this.#exchange.error;
  }

  get firstByteMs(): number {
    const { firstByteUs, callUs } = this.#exchange;
    return firstByteUs === 0 ? 0 : (firstByteUs - callUs) / 1_000;
  }

  get callUs(): number {
    return this.#exchange.callUs;
  }

  get startUs(): number {
    return this.#exchange.intendedUs ?? this.#exchange.callUs;
  }

  get endUs(): number {
    return this.#exchange.endUs;
  }

  /** One that was unpacked is as old as its unpacking. */
  arrivedUs(chunk: Uint8Array): number {
    return this.#arrivals.get(chunk) ?? this.#owner.nowUs();
  }

  recordTime(time: StreamTime, durationUs: number, atUs: number): void {
    this.#owner.recordTime(time, durationUs, atUs);
  }

  streamed(times: StreamTimes | undefined): void {
    this.#exchange.stream = times;
  }

  get body(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => this.#readOnce() };
  }

  discard(): void {
    if (this.#ended || !this.#flow) return;
    this.#ended = true;
    this.discarded = true;
    this.#owner.discarded(this.#verdict);
    this.#flow.drain();
  }

  /** Discards what nobody has begun to read. */
  discardUnread(): void {
    if (!this.#read) this.discard();
  }

  open(source: BodySource): void {
    if (this.#owner.isPassedOver()) return;
    this.status = this.#exchange.status;
    this.#flow = new BodyFlow(source);
    if (this.#check) this.#verdict = runHeadCheck(this.#check, this);
    const verdict = this.#verdict;
    this.#owner.opened(this, verdict instanceof Interruption);
    if (verdict instanceof Promise) void verdict.then((late) => this.#heed(late));
    else this.#heed(verdict);
  }

  push(chunk: Buffer, atUs: number = this.#owner.nowUs()): boolean {
    if (!this.#flow) return true;
    this.#arrivals.set(chunk, atUs);
    return this.#flow.push(chunk);
  }

  end(): CheckVerdict | Promise<CheckVerdict> {
    this.#ended = true;
    this.#flow?.end(this.error?.kind === 'aborted' ? new StopUser() : undefined);
    return this.#verdict;
  }

  counted(): void {
    this.#isCounted = true;
    this.#onCounted?.();
  }

  whenCounted(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isCounted) resolve();
      else this.#onCounted = resolve;
    });
  }

  #heed(verdict: CheckVerdict): void {
    if (!(verdict instanceof Interruption)) return;
    this.discard();
    // A late one can reach nobody but the reader.
    this.#flow?.interrupt(verdict.thrown);
  }

  #readOnce(): AsyncIterator<Uint8Array> {
    if (this.#read) throw new Error('the body was read already: it can be gone through once');
    if (this.discarded) throw new Error('the body was discarded: read it before the task ends');
    this.#read = true;
    const encodings = readEncodings(this.#exchange.rawValues('content-encoding'));
    const chunks = this.#readChunks();
    return encodings ? unpackChunks(chunks, encodings, () => this.error !== undefined) : chunks;
  }

  async *#readChunks(): AsyncGenerator<Uint8Array> {
    try {
      if (this.#flow) yield* this.#flow.read();
    } finally {
      this.discard();
    }
  }
}
