import type { ResponseHeaders } from '@loadts/core';

const NONE: readonly string[] = [];

/** Headers as they came, parsed when somebody asks. */
export class RawResponseHeaders implements ResponseHeaders {
  readonly #raw: readonly Buffer[];
  #parsed: Map<string, string> | undefined;

  /** @param raw names and values in turn */
  constructor(raw: readonly Buffer[]) {
    this.#raw = raw;
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
    this.#parsed ??= parse(this.#raw);
    return this.#parsed;
  }
}

/** HOT: whether there are cookies, asked of each response. Nothing else of that length begins with an s as a rule. */
export function hasSetCookie(raw: readonly Buffer[]): boolean {
  for (let i = 0; i < raw.length; i += 2) {
    const key = raw[i] as Buffer;
    if (key.length === 10 && ((key[0] as number) | 0x20) === 0x73) return true;
  }
  return false;
}

/** The values of one header in raw ones, without parsing all of them. @param name in lower case */
export function findRawValues(raw: readonly Buffer[], name: string): readonly string[] {
  let found = NONE;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const key = raw[i] as Buffer;
    if (key.length !== name.length || key.toString('latin1').toLowerCase() !== name) continue;
    found = [...found, (raw[i + 1] as Buffer).toString('latin1').trim()];
  }
  return found;
}

function parse(raw: readonly Buffer[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as Buffer).toString('latin1').toLowerCase();
    const value = (raw[i + 1] as Buffer).toString('latin1').trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}
