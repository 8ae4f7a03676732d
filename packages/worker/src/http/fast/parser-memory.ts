import { createLlhttp, type Llhttp, type LlhttpEvents } from './llhttp.ts';

const READ_BYTES = 65_536;
/** What is kept of reads lies side by side in pieces of this size; a larger read has one of its own. */
const ARENA_BYTES = 16_384;
const MAX_SHARED_BYTES = 4_096;

/** What the parsers of a process share: their code, its memory, and the place that sockets read into. */
export class ParserMemory {
  /** Sockets read into it, one after the other: what is read is parsed at once. */
  readonly readBuffer: Buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  readonly llhttp: Llhttp;
  readonly inputAt: number;
  /** Where the last read was kept. */
  kept: Buffer = Buffer.allocUnsafeSlow(ARENA_BYTES);
  keptAt = 0;
  keptLength = 0;
  #free = 0;
  #arena: Buffer = this.kept;
  #input: Uint8Array;
  /** The begin of `readBuffer`, by length: responses of one kind have few lengths. */
  readonly #views: (Buffer | undefined)[] = Array.from({ length: MAX_SHARED_BYTES + 1 });
  #current: LlhttpEvents | undefined;

  constructor() {
    this.llhttp = createLlhttp(() => this.#current as LlhttpEvents);
    this.inputAt = this.llhttp.malloc(READ_BYTES);
    this.#input = new Uint8Array(this.llhttp.memory.buffer, this.inputAt, READ_BYTES);
  }

  /** HOT: parses what was read, and keeps it where the next read does not reach. @returns llhttp's error code */
  execute(parser: number, events: LlhttpEvents, length: number): number {
    const view = this.#view(length);
    // Its memory has grown, and with it moved.
    if (this.#input.byteLength === 0) {
      this.#input = new Uint8Array(this.llhttp.memory.buffer, this.inputAt, READ_BYTES);
    }
    this.#input.set(view);
    this.#keep(view);
    this.#current = events;
    return this.llhttp.llhttp_execute(parser, this.inputAt, length);
  }

  finish(parser: number, events: LlhttpEvents): number {
    this.#current = events;
    return this.llhttp.llhttp_finish(parser);
  }

  #view(length: number): Buffer {
    if (length > MAX_SHARED_BYTES) return this.readBuffer.subarray(0, length);
    this.#views[length] ??= this.readBuffer.subarray(0, length);
    return this.#views[length];
  }

  #keep(view: Buffer): void {
    this.keptLength = view.length;
    if (view.length > MAX_SHARED_BYTES) {
      this.kept = Buffer.from(view);
      this.keptAt = 0;
      return;
    }
    if (this.#free + view.length > ARENA_BYTES) {
      this.#arena = Buffer.allocUnsafeSlow(ARENA_BYTES);
      this.#free = 0;
    }
    this.#arena.set(view, this.#free);
    this.kept = this.#arena;
    this.keptAt = this.#free;
    this.#free += view.length;
  }
}
