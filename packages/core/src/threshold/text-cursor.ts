import { LoadtsError } from '../errors.ts';
import { pointAt } from '../text/point-at.ts';

/** Reads an expression from left to right and points at the place where it is wrong. */
export class TextCursor {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
    this.skipBlanks();
  }

  get offset(): number {
    return this.#offset;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#text.length;
  }

  /** What matches here, with the blanks behind it taken too; `undefined` where nothing does. `pattern` is sticky. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#offset += match[0].length;
    this.skipBlanks();
    return match[0];
  }

  skipBlanks(): void {
    while (this.#text[this.#offset]?.trim() === '') this.#offset++;
  }

  /** The error to throw, about the place `offset`, or the current one. */
  problem(message: string, options: { readonly hint?: string; readonly offset?: number } = {}): LoadtsError {
    const { hint, offset = this.#offset } = options;
    return new LoadtsError(
      'THRESHOLD_INVALID',
      `${message}\n${pointAt(this.#text, [offset])}`,
      hint === undefined ? {} : { hint },
    );
  }
}
