import { LoadtsError } from '@loadts/core';

const MAX_VARINT_BYTES = 8;

/** Reads what `ByteWriter` wrote, from a peer that may be hostile. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  /** @throws LoadtsError `MESSAGE_INVALID` where the bytes end early or the number is above `max`. */
  readVarint(max: number = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.#bytes[this.#offset++];
      if (byte === undefined) throw invalid('statistics end in the middle of a number');
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > max) throw invalid(`statistics hold ${value} where at most ${max} is possible`);
        return value;
      }
      scale *= 128;
    }
    throw invalid('statistics hold a number of more than 53 bits');
  }
}

export function invalid(message: string): LoadtsError {
  return new LoadtsError('MESSAGE_INVALID', message);
}
