import { LoadtsError } from '@loadts/core';
import type { BundleMessage } from '@loadts/protocol';
import type { ScriptCode } from './load-script.ts';

/** Puts the parts of a script bundle together. The first part of another bundle replaces what is unfinished. */
export class BundleReceiver {
  #parts: BundleMessage[] = [];
  #received = 0;

  /** @returns the script once it is complete. @throws LoadtsError `MESSAGE_INVALID` for parts that do not fit. */
  add(part: BundleMessage): ScriptCode | undefined {
    if (part.offset === 0) this.#clear();
    if (!this.#fits(part)) {
      this.#clear();
      throw new LoadtsError('MESSAGE_INVALID', 'the parts of the script do not fit together');
    }
    this.#parts.push(part);
    this.#received += part.bytes.length;
    if (this.#received < part.size) return undefined;
    const code = Buffer.concat(this.#parts.map(({ bytes }) => bytes)).toString('utf8');
    this.#clear();
    return { code, hash: part.hash };
  }

  #fits({ hash, size, offset, bytes }: BundleMessage): boolean {
    const first = this.#parts[0];
    const sameBundle = first === undefined || (first.hash === hash && first.size === size);
    return sameBundle && offset === this.#received && offset + bytes.length <= size;
  }

  #clear(): void {
    this.#parts = [];
    this.#received = 0;
  }
}
