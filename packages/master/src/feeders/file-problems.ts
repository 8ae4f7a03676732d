import type { FileHandle } from 'node:fs/promises';
import { readFile } from './read-chunks.ts';

const MAX_SHOWN = 10;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

interface FileProblem {
  readonly text: string;
  /** Where the row begins, or blank lines before it; undefined where the whole file is meant. */
  readonly offset: number | undefined;
}

/** What is wrong with a data file: the first few in full, the others as a number. */
export class FileProblems {
  readonly #shown: FileProblem[] = [];
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Problems come in the order of the file. */
  add(text: string, offset?: number): void {
    this.#count++;
    if (this.#shown.length < MAX_SHOWN) this.#shown.push({ text, offset });
  }

  /** One line for each. The file is read once more for its line numbers, which nobody needs where all is well. */
  async describe(handle: FileHandle): Promise<string[]> {
    const offsets = this.#shown.flatMap(({ offset }) => offset ?? []);
    const lines = offsets.length > 0 ? await findLines(handle, offsets) : [];
    const described = this.#shown.map(({ text, offset }) =>
      offset === undefined ? text : `line ${lines.shift()}: ${text}`,
    );
    const more = this.#count - this.#shown.length;
    return more > 0 ? [...described, `and ${more} more`] : described;
  }
}

/** The lines that these offsets are in; for one in blank lines, that of the text after them. */
async function findLines(handle: FileHandle, offsets: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  let line = 1;
  let position = 0;
  for await (const chunk of readFile(handle)) {
    for (const byte of chunk) {
      const isBlank = byte === NEWLINE || byte === RETURN;
      while (!isBlank && position >= (offsets[found.length] ?? Number.POSITIVE_INFINITY)) found.push(line);
      if (byte === NEWLINE) line++;
      position++;
    }
    if (found.length === offsets.length) break;
  }
  return offsets.map((_, i) => found[i] ?? line);
}
