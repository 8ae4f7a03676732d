import { LoadtsError } from '@loadts/core';

/** Messages are a map of lists of maps that hold such a list, at most. */
const MAX_DEPTH = 5;
/** More than any map in a message has. */
const MAX_FIELDS = 64;

/** What a token of MessagePack says about the bytes after it: a value, or the length of what follows. */
interface Token {
  readonly kind: 'value' | 'bytes' | 'list' | 'map';
  readonly width: number;
}

/** Each range of tokens that differ in their width only. Extensions are missing on purpose. */
const TOKENS: ReadonlyMap<number, Token> = new Map([
  ...createTokens('value', 0xc0, [0]),
  ...createTokens('value', 0xc2, [0, 0]),
  ...createTokens('bytes', 0xc4, [1, 2, 4]),
  ...createTokens('value', 0xca, [4, 8]),
  ...createTokens('value', 0xcc, [1, 2, 4, 8]),
  ...createTokens('value', 0xd0, [1, 2, 4, 8]),
  ...createTokens('bytes', 0xd9, [1, 2, 4]),
  ...createTokens('list', 0xdc, [2, 4]),
  ...createTokens('map', 0xde, [2, 4]),
]);

function createTokens(kind: Token['kind'], first: number, widths: readonly number[]): [number, Token][] {
  return widths.map((width, i) => [first + i, { kind, width }]);
}

/**
 * Refuses what is not one complete MessagePack value of plain data, before anything is built from it: the decoder
 * would also make dates, regular expressions, classes and whatever else a peer names in an extension.
 * @throws LoadtsError `MESSAGE_INVALID`
 */
export function checkStructure(bytes: Uint8Array): void {
  const scanner = new StructureScanner(bytes);
  /** Values that are still to come, by depth. */
  const open = [1];
  while (open.length > 0) {
    const depth = open.length - 1;
    const left = open[depth] as number;
    if (left === 0) {
      open.pop();
      continue;
    }
    open[depth] = left - 1;
    const values = scanner.skipToken();
    if (values > 0 && depth === MAX_DEPTH) throw invalid('is nested too deeply');
    if (values > 0) open.push(values);
  }
  if (scanner.remaining > 0) throw invalid(`has ${scanner.remaining} bytes too many`);
}

class StructureScanner {
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#view.byteLength - this.#offset;
  }

  /** @returns how many values belong to the token */
  skipToken(): number {
    const first = this.#readNumber(1);
    if (first < 0x80 || first >= 0xe0) return 0;
    if (first < 0x90) return this.#follow('map', first & 15);
    if (first < 0xa0) return this.#follow('list', first & 15);
    if (first < 0xc0) return this.#follow('bytes', first & 31);
    const token = TOKENS.get(first);
    if (!token) throw invalid(`holds something of type 0x${first.toString(16)}`);
    if (token.kind === 'value') return this.#follow('bytes', token.width);
    return this.#follow(token.kind, this.#readNumber(token.width));
  }

  #follow(kind: 'bytes' | 'list' | 'map', length: number): number {
    if (kind === 'map' && length > MAX_FIELDS) throw invalid('holds a map of too many fields');
    // A value has at least one byte: a short message cannot ask for a large array.
    const bytes = kind === 'map' ? length * 2 : length;
    if (bytes > this.remaining) throw invalid('ends too early');
    if (kind !== 'bytes') return bytes;
    this.#offset += length;
    return 0;
  }

  #readNumber(width: number): number {
    if (width > this.remaining) throw invalid('ends too early');
    const offset = this.#offset;
    this.#offset += width;
    if (width === 1) return this.#view.getUint8(offset);
    return width === 2 ? this.#view.getUint16(offset) : this.#view.getUint32(offset);
  }
}

function invalid(problem: string): LoadtsError {
  return new LoadtsError('MESSAGE_INVALID', `a message is not readable as MessagePack: it ${problem}`);
}
