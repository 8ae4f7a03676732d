import type { RawHead } from '../raw-head.ts';

/** Where a header line stands: begin and end of its name, begin and end of its value. */
const NUMBERS_PER_LINE = 4;
const [TAB, NEWLINE, RETURN, SPACE, COLON] = [0x09, 0x0a, 0x0d, 0x20, 0x3a];
/** The headers that are looked for in each response, and have the same length. */
const SET_COOKIE = 1;
const KEEP_ALIVE = 2;
const HINTS: Readonly<Record<string, number>> = { 'set-cookie': SET_COOKIE, 'keep-alive': KEEP_ALIVE };
const HINTED_LENGTH = 10;
const [LETTER_S, LETTER_K] = [0x73, 0x6b];

export const NOWHERE: number = -1;

/** What the parser has noted of a head, from where the head begins. */
export interface HeadPlaces {
  /** `NOWHERE` where there are no headers. */
  readonly headersBegin: number;
  readonly hints: number;
  readonly statusBegin: number;
  readonly statusEnd: number;
}

/** HOT: which of the headers that are looked for a name might be. */
export function hintOfName(bytes: Buffer, begin: number, length: number): number {
  if (length !== HINTED_LENGTH) return 0;
  const letter = (bytes[begin] as number) | 0x20;
  if (letter === LETTER_S) return SET_COOKIE;
  return letter === LETTER_K ? KEEP_ALIVE : 0;
}

/** A head as bytes that the parser has found right: its lines are looked for when somebody asks. */
export class ParsedHead implements RawHead {
  readonly #bytes: Buffer;
  readonly #headersBegin: number;
  readonly #hints: number;
  readonly #statusBegin: number;
  readonly #statusEnd: number;
  #places: readonly number[] | undefined;

  /** @param begin of the head */
  constructor(bytes: Buffer, begin: number, { headersBegin, hints, statusBegin, statusEnd }: HeadPlaces) {
    this.#bytes = bytes;
    this.#headersBegin = headersBegin === NOWHERE ? NOWHERE : begin + headersBegin;
    this.#hints = hints;
    this.#statusBegin = begin + statusBegin;
    this.#statusEnd = begin + statusEnd;
  }

  get statusText(): string {
    return this.#bytes.toString('utf8', this.#statusBegin, this.#statusEnd);
  }

  get count(): number {
    return this.#lines().length / NUMBERS_PER_LINE;
  }

  mayHave(name: string): boolean {
    const hint = HINTS[name];
    return hint === undefined || (this.#hints & hint) !== 0;
  }

  isNamed(index: number, name: string): boolean {
    const places = this.#lines();
    const line = index * NUMBERS_PER_LINE;
    const begin = places[line] as number;
    // Most differ in their length or their first letter.
    if ((places[line + 1] as number) - begin !== name.length) return false;
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
    const places = this.#lines();
    return this.#bytes.toString('latin1', places[place], places[place + 1]);
  }

  #lines(): readonly number[] {
    this.#places ??= this.#headersBegin === NOWHERE ? [] : findLines(this.#bytes, this.#headersBegin);
    return this.#places;
  }
}

/** @param begin of the first line; the last is followed by an empty one */
function findLines(bytes: Buffer, begin: number): number[] {
  const places: number[] = [];
  let at = begin;
  while (at < bytes.length && bytes[at] !== RETURN && bytes[at] !== NEWLINE) {
    const colon = bytes.indexOf(COLON, at);
    const end = findLineEnd(bytes, colon);
    places.push(at, colon, colon + 1, end);
    at = end + 1;
  }
  return places;
}

/** A line that begins with a space goes on with the one before. */
function findLineEnd(bytes: Buffer, from: number): number {
  let end = bytes.indexOf(NEWLINE, from);
  while (bytes[end + 1] === SPACE || bytes[end + 1] === TAB) end = bytes.indexOf(NEWLINE, end + 1);
  return end;
}
