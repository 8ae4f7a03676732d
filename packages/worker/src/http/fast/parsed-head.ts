import type { RawHead } from '../raw-head.ts';

/** Where a header line stands: begin and end of its name, begin and end of its value. */
const NUMBERS_PER_LINE = 4;

/** A head as bytes, with the places of its parts. */
export class ParsedHead implements RawHead {
  readonly #bytes: Buffer;
  readonly #places: readonly number[];
  readonly #statusText: readonly [begin: number, end: number];

  constructor(bytes: Buffer, places: readonly number[], statusText: readonly [begin: number, end: number]) {
    this.#bytes = bytes;
    this.#places = places;
    this.#statusText = statusText;
  }

  get statusText(): string {
    return this.#bytes.toString('utf8', ...this.#statusText);
  }

  get count(): number {
    return this.#places.length / NUMBERS_PER_LINE;
  }

  isNamed(index: number, name: string): boolean {
    const line = index * NUMBERS_PER_LINE;
    const begin = this.#places[line] as number;
    // Most differ in their length or their first letter.
    if ((this.#places[line + 1] as number) - begin !== name.length) return false;
    if (((this.#bytes[begin] as number) | 0x20) !== name.charCodeAt(0)) return false;
    return this.name(index).toLowerCase() === name;
  }

  name(index: number): string {
    return this.#text(index * NUMBERS_PER_LINE);
  }

  value(index: number): string {
    const text = this.#text(index * NUMBERS_PER_LINE + 2);
    // A value of several lines.
    return text.includes('\n') ? text.replace(/\r?\n[ \t]+/g, ' ').trim() : text.trim();
  }

  #text(place: number): string {
    return this.#bytes.toString('latin1', this.#places[place], this.#places[place + 1]);
  }
}
