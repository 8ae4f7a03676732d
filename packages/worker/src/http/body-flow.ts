import type { BodySource } from './exchange.ts';

/** What is held of a body that nobody reads as fast as it comes. */
const MAX_HELD_BYTES = 64 * 1024;
/** A connection is worth this much of a body that nobody wants any more, and this much time. */
const MAX_DRAINED_BYTES = 64 * 1024;
const MAX_DRAINING_MS = 1_000;

/** A body on its way from its connection to its reader, which holds the connection back where the reader is slower. */
export class BodyFlow {
  readonly #source: BodySource;
  readonly #chunks: Buffer[] = [];
  #heldBytes = 0;
  #paused = false;
  #ended = false;
  #thrown: Error | undefined;
  #wake: (() => void) | undefined;
  #draining: NodeJS.Timeout | undefined;
  #drainedBytes = 0;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** @returns false where the source must wait until it is resumed */
  push(chunk: Buffer): boolean {
    if (this.#draining) return this.#drop(chunk.length);
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
    this.#paused = this.#heldBytes >= MAX_HELD_BYTES;
    this.#wakeLater();
    return !this.#paused;
  }

  /** There will be no more. @param thrown what the reader gets then */
  end(thrown?: Error): void {
    this.#ended = true;
    this.#thrown = thrown;
    clearTimeout(this.#draining);
    this.#wake?.();
  }

  /** Nobody wants more of it. A short rest is received so that the connection can go on, a long one closes it. */
  drain(): void {
    this.#chunks.length = 0;
    this.#draining = setTimeout(this.#source.close, MAX_DRAINING_MS);
    this.#draining.unref();
    this.#resume();
  }

  /** The reader gets this instead of what it has not read yet. */
  interrupt(thrown: Error): void {
    this.#chunks.length = 0;
    this.#thrown = thrown;
    this.#wake?.();
  }

  async *read(): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#heldBytes -= chunk.length;
        yield chunk;
        continue;
      }
      if (this.#thrown) throw this.#thrown;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.#resume();
      });
    }
  }

  /** Once all that has come at the same time, on other connections too, has its time: reading may take a while. */
  #wakeLater(): void {
    if (!this.#wake) return;
    setImmediate(this.#wake);
    this.#wake = undefined;
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#source.resume();
  }

  #drop(bytes: number): boolean {
    this.#drainedBytes += bytes;
    if (this.#drainedBytes <= MAX_DRAINED_BYTES) return true;
    // Not in here: the connection is in the middle of its work.
    setImmediate(this.#source.close);
    return false;
  }
}
