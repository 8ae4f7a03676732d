import type { BodyChunks } from '@loadts/core';

/** A request's body that is made while it is sent. Tells its own failures from those of the connection. */
export class StreamedBody implements BodyChunks {
  readonly #open: () => BodyChunks;
  /** Whether it can be made a second time. */
  readonly #repeatable: boolean;
  #opened = false;
  /** What the maker of the body threw. */
  failure: unknown;

  constructor(open: () => BodyChunks, repeatable: boolean) {
    this.#open = open;
    this.#repeatable = repeatable;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array | string> {
    try {
      if (this.#opened && !this.#repeatable) throw new Error('it was used already');
      this.#opened = true;
      for await (const chunk of this.#open()) {
        if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
          throw new TypeError('a chunk is neither text nor bytes');
        }
        yield chunk;
      }
    } catch (thrown) {
      this.failure = thrown;
      throw thrown;
    }
  }
}

export function isBodyChunks(value: unknown): value is BodyChunks {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
