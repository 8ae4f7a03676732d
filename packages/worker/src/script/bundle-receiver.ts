import { LoadtsError } from '@loadts/core';
import type { BundleMessage } from '@loadts/protocol';
import type { ScriptCode } from './load-script.ts';

/** Puts the parts of a script bundle together. */
export class BundleReceiver {
  #parts: Uint8Array[] = [];
  #received = 0;

  /** @returns the script once it is complete. @throws LoadtsError `MESSAGE_INVALID` for parts that do not fit. */
  add(message: BundleMessage): ScriptCode | undefined {
    if (message.offset !== this.#received || this.#received + message.bytes.length > message.size) {
      throw new LoadtsError('MESSAGE_INVALID', 'the parts of the script do not fit together');
    }
    this.#parts.push(message.bytes);
    this.#received += message.bytes.length;
    if (this.#received < message.size) return undefined;
    const code = Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    this.#received = 0;
    return { code, hash: message.hash };
  }
}
