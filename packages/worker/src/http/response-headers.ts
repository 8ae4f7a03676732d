import type { ResponseHeaders } from '@loadts/core';
import type { RawHead } from './raw-head.ts';

/** Headers as they came, parsed when somebody asks. */
export class RawResponseHeaders implements ResponseHeaders {
  readonly #head: RawHead;
  #parsed: Map<string, string> | undefined;

  constructor(head: RawHead) {
    this.#head = head;
  }

  get(name: string): string | null {
    return this.#headers().get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#headers().has(name.toLowerCase());
  }

  [Symbol.iterator](): Iterator<readonly [string, string]> {
    return this.#headers().entries();
  }

  #headers(): Map<string, string> {
    this.#parsed ??= parse(this.#head);
    return this.#parsed;
  }
}

function parse(head: RawHead): Map<string, string> {
  const headers = new Map<string, string>();
  for (let i = 0; i < head.count; i++) {
    const name = head.name(i).toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? head.value(i) : `${before}, ${head.value(i)}`);
  }
  return headers;
}
