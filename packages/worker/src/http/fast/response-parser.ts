import { createLlhttp, type Llhttp, type LlhttpEvents, RESPONSE } from './llhttp.ts';
import { ParsedHead } from './parsed-head.ts';

/** Who gets a response piece by piece. */
export interface ResponseReceiver {
  /** @returns whether anybody waits for one */
  begin(): boolean;
  /** Also for an informational response. @returns whether a body may follow */
  head(status: number, head: ParsedHead, keepAlive: boolean): boolean;
  /** A part of bytes that may be kept. */
  body(bytes: Buffer, begin: number, end: number): void;
  /** Not for an informational response. */
  complete(): void;
}

const READ_BYTES = 65_536;
/** As Node's own limit. */
const MAX_HEAD_BYTES = 16_384;
const ERROR = -1;
const NOTHING: Buffer = Buffer.alloc(0);

/** What the parsers of a process share: the code, its memory, and the place that sockets read into. */
export class ParserPool {
  /** Sockets read into it, one after the other: what is read is parsed at once. */
  readonly readBuffer: Buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  readonly llhttp: Llhttp;
  readonly inputAt: number;
  #input: Uint8Array;
  #current: LlhttpEvents | undefined;

  constructor() {
    this.llhttp = createLlhttp(() => this.#current as LlhttpEvents);
    this.inputAt = this.llhttp.malloc(READ_BYTES);
    this.#input = new Uint8Array(this.llhttp.memory.buffer, this.inputAt, READ_BYTES);
  }

  /** Parses at most as much as is read at once. @returns llhttp's error code */
  execute(parser: number, events: LlhttpEvents, bytes: Buffer): number {
    // Its memory has grown, and with it moved.
    if (this.#input.byteLength === 0) {
      this.#input = new Uint8Array(this.llhttp.memory.buffer, this.inputAt, READ_BYTES);
    }
    this.#input.set(bytes);
    this.#current = events;
    return this.llhttp.llhttp_execute(parser, this.inputAt, bytes.length);
  }

  finish(parser: number, events: LlhttpEvents): number {
    this.#current = events;
    return this.llhttp.llhttp_finish(parser);
  }
}

/** HOT: takes the responses of one connection apart. */
export class ResponseParser implements LlhttpEvents {
  readonly #pool: ParserPool;
  readonly #receiver: ResponseReceiver;
  readonly #parser: number;
  /** A copy of what was read last; its place is read into again. */
  #chunk: Buffer = NOTHING;
  /** The part of a head that came before. */
  #before: Buffer | undefined;
  #inHead = false;
  #informational = false;
  #headBytes = 0;
  #places: number[] = [];
  #statusBegin = 0;
  #statusEnd = 0;
  #overflow = false;
  #busy = false;
  #freed = false;

  constructor(pool: ParserPool, receiver: ResponseReceiver) {
    this.#pool = pool;
    this.#receiver = receiver;
    this.#parser = pool.llhttp.llhttp_alloc(RESPONSE);
  }

  get isHttp11(): boolean {
    const { llhttp } = this.#pool;
    return (
      llhttp.llhttp_get_http_major(this.#parser) === 1 && llhttp.llhttp_get_http_minor(this.#parser) === 1
    );
  }

  /** Parses what was read. @returns what is wrong with it */
  execute(length: number): string | undefined {
    const chunk = Buffer.allocUnsafe(length);
    this.#pool.readBuffer.copy(chunk, 0, 0, length);
    this.#chunk = chunk;
    this.#busy = true;
    const code = this.#pool.execute(this.#parser, this, chunk);
    this.#busy = false;
    const problem = code === 0 ? undefined : this.#describe();
    if (this.#freed) this.free();
    if (this.#inHead) this.#before = this.#before ? Buffer.concat([this.#before, chunk]) : chunk;
    this.#chunk = NOTHING;
    return problem;
  }

  /** There will be no more. @returns what is wrong with that */
  finish(): string | undefined {
    return this.#pool.finish(this.#parser, this) === 0 ? undefined : this.#describe();
  }

  /** For a new connection. */
  reset(): void {
    this.#pool.llhttp.llhttp_reset(this.#parser);
    this.#chunk = NOTHING;
    this.#before = undefined;
    this.#inHead = false;
  }

  /** Also from within one of its own events. */
  free(): void {
    this.#freed = true;
    if (!this.#busy) this.#pool.llhttp.llhttp_free(this.#parser);
  }

  messageBegin(): number {
    this.#inHead = true;
    this.#overflow = false;
    this.#headBytes = 0;
    this.#places = [];
    this.#statusBegin = 0;
    this.#statusEnd = 0;
    return this.#receiver.begin() ? 0 : ERROR;
  }

  status(at: number, length: number): number {
    const begin = this.#place(at);
    if (this.#statusEnd === 0) this.#statusBegin = begin;
    this.#statusEnd = begin + length;
    return this.#grow(length);
  }

  headerField(at: number, length: number): number {
    const begin = this.#place(at);
    const places = this.#places;
    const last = places.length - 4;
    // The rest of a name that came in pieces.
    if (last >= 0 && places[last + 1] === begin && places[last + 2] === 0) places[last + 1] = begin + length;
    else places.push(begin, begin + length, 0, 0);
    return this.#grow(length);
  }

  headerValue(at: number, length: number): number {
    const begin = this.#place(at);
    const places = this.#places;
    const last = places.length - 4;
    if (places[last + 2] === 0) places[last + 2] = begin;
    places[last + 3] = begin + length;
    return this.#grow(length);
  }

  headersComplete(status: number, upgrade: boolean, keepAlive: boolean): number {
    this.#inHead = false;
    this.#informational = status < 200;
    if (upgrade) return ERROR;
    const bytes = this.#before ? Buffer.concat([this.#before, this.#chunk]) : this.#chunk;
    this.#before = undefined;
    const head = new ParsedHead(bytes, this.#places, [this.#statusBegin, this.#statusEnd]);
    return this.#receiver.head(status, head, keepAlive) ? 0 : 1;
  }

  body(at: number, length: number): number {
    const begin = at - this.#pool.inputAt;
    this.#receiver.body(this.#chunk, begin, begin + length);
    return 0;
  }

  messageComplete(): number {
    if (!this.#informational) this.#receiver.complete();
    return 0;
  }

  /** Where an address is in the head. */
  #place(at: number): number {
    return at - this.#pool.inputAt + (this.#before?.length ?? 0);
  }

  #grow(length: number): number {
    this.#headBytes += length;
    this.#overflow = this.#headBytes >= MAX_HEAD_BYTES;
    return this.#overflow ? ERROR : 0;
  }

  #describe(): string {
    if (this.#overflow) return `headers of more than ${MAX_HEAD_BYTES / 1_024} KiB`;
    const { llhttp } = this.#pool;
    const at = llhttp.llhttp_get_error_reason(this.#parser);
    if (at === 0) return 'no HTTP/1.1';
    const memory = Buffer.from(llhttp.memory.buffer);
    return memory.toString('latin1', at, memory.indexOf(0, at));
  }
}
