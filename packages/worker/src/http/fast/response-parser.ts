import { type LlhttpEvents, RESPONSE } from './llhttp.ts';
import { type HeadPlaces, hintOfName, NOWHERE, ParsedHead } from './parsed-head.ts';
import type { ParserMemory } from './parser-memory.ts';

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

/** As Node's own limit. */
const MAX_HEAD_BYTES = 16_384;
const ERROR = -1;

/** HOT: takes the responses of one connection apart, at most until it is given back. */
export class ResponseParser implements LlhttpEvents, HeadPlaces {
  readonly #memory: ParserMemory;
  /** Where it goes when it is freed. */
  readonly #idle: ResponseParser[];
  readonly #parser: number;
  #receiver: ResponseReceiver | undefined;
  /** The part of a head that came before. */
  #before: Buffer | undefined;
  #inHead = false;
  #informational = false;
  #headBytes = 0;
  headersBegin: number = NOWHERE;
  hints = 0;
  statusBegin = 0;
  statusEnd = 0;
  #overflow = false;
  #busy = false;
  #freed = false;
  /** It stands before a next response. */
  #clean = true;

  constructor(memory: ParserMemory, idle: ResponseParser[]) {
    this.#memory = memory;
    this.#idle = idle;
    this.#parser = memory.llhttp.llhttp_alloc(RESPONSE);
  }

  get isHttp11(): boolean {
    const { llhttp } = this.#memory;
    return (
      llhttp.llhttp_get_http_major(this.#parser) === 1 && llhttp.llhttp_get_http_minor(this.#parser) === 1
    );
  }

  /** For a response that nothing has come of. */
  begin(receiver: ResponseReceiver): void {
    this.#receiver = receiver;
    if (!this.#clean) this.#memory.llhttp.llhttp_reset(this.#parser);
    this.#clean = false;
    this.#freed = false;
    this.#before = undefined;
    this.#inHead = false;
  }

  /** Parses what was read. @returns what is wrong with it */
  execute(length: number): string | undefined {
    this.#busy = true;
    const code = this.#memory.execute(this.#parser, this, length);
    this.#busy = false;
    const problem = code === 0 ? undefined : this.#describe();
    if (this.#inHead) this.#before = this.#join();
    if (this.#freed) this.#giveBack();
    return problem;
  }

  /** There will be no more. @returns what is wrong with that */
  finish(): string | undefined {
    return this.#memory.finish(this.#parser, this) === 0 ? undefined : this.#describe();
  }

  /**
   * For others to use, also from within one of its own events.
   * @param clean its response has ended, nothing came after it, and the connection stays
   */
  free(clean: boolean): void {
    this.#clean = clean;
    this.#freed = true;
    if (!this.#busy) this.#giveBack();
  }

  messageBegin(): number {
    this.#inHead = true;
    this.#overflow = false;
    this.#headBytes = 0;
    this.headersBegin = NOWHERE;
    this.hints = 0;
    this.statusBegin = 0;
    this.statusEnd = 0;
    return this.#receiver?.begin() ? 0 : ERROR;
  }

  status(at: number, length: number): number {
    const begin = this.#place(at);
    if (this.statusEnd === 0) this.statusBegin = begin;
    this.statusEnd = begin + length;
    return this.#grow(length);
  }

  headerField(at: number, length: number): number {
    const begin = this.#place(at);
    if (this.headersBegin === NOWHERE) this.headersBegin = begin;
    // Of a name that comes in pieces nobody knows what it will be.
    this.hints |= this.#before ? ~0 : hintOfName(this.#memory.kept, begin + this.#memory.keptAt, length);
    return this.#grow(length);
  }

  headerValue(_at: number, length: number): number {
    return this.#grow(length);
  }

  headersComplete(status: number, upgrade: boolean, keepAlive: boolean): number {
    this.#inHead = false;
    this.#informational = status < 200;
    if (upgrade) return ERROR;
    const bytes = this.#before ? this.#join() : this.#memory.kept;
    const base = this.#before ? 0 : this.#memory.keptAt;
    this.#before = undefined;
    const head = new ParsedHead(bytes, base, this);
    return this.#receiver?.head(status, head, keepAlive) ? 0 : 1;
  }

  body(at: number, length: number): number {
    const { kept, keptAt, inputAt } = this.#memory;
    const begin = at - inputAt + keptAt;
    this.#receiver?.body(kept, begin, begin + length);
    return 0;
  }

  messageComplete(): number {
    if (!this.#informational) this.#receiver?.complete();
    return 0;
  }

  #giveBack(): void {
    this.#receiver = undefined;
    this.#before = undefined;
    this.#idle.push(this);
  }

  /** All that has come of a head. */
  #join(): Buffer {
    const { kept, keptAt, keptLength } = this.#memory;
    const last = kept.subarray(keptAt, keptAt + keptLength);
    return this.#before ? Buffer.concat([this.#before, last]) : last;
  }

  /** Where an address is in what has come of a head. */
  #place(at: number): number {
    return at - this.#memory.inputAt + (this.#before?.length ?? 0);
  }

  #grow(length: number): number {
    this.#headBytes += length;
    this.#overflow = this.#headBytes >= MAX_HEAD_BYTES;
    return this.#overflow ? ERROR : 0;
  }

  #describe(): string {
    if (this.#overflow) return `headers of more than ${MAX_HEAD_BYTES / 1_024} KiB`;
    const { llhttp } = this.#memory;
    const at = llhttp.llhttp_get_error_reason(this.#parser);
    if (at === 0) return 'no HTTP/1.1';
    const memory = Buffer.from(llhttp.memory.buffer);
    return memory.toString('latin1', at, memory.indexOf(0, at));
  }
}
