import { Writable } from 'node:stream';

const SEQUENCE = /^\x1b\[(\??)(\d*)([A-Za-z])/;

/** A terminal that understands what the live view writes, and refuses anything else. */
export class FakeTerminal extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  /** All that was ever written. */
  written = '';
  #lines: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  /** What stands on the screen, and what has scrolled off its top. */
  get screen(): string[] {
    return this.#lines.map((line) => line.join('').trimEnd());
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    let rest = chunk.toString('utf8');
    this.written += rest;
    while (rest !== '') {
      const sequence = SEQUENCE.exec(rest);
      if (sequence) this.#obey(sequence);
      else this.#put(rest.slice(0, 1));
      rest = rest.slice(sequence?.[0].length ?? 1);
    }
    done();
  }

  #put(character: string): void {
    if (character === '\n') {
      this.#row++;
      this.#column = 0;
      while (this.#lines.length <= this.#row) this.#lines.push([]);
      return;
    }
    if (character < ' ') throw new Error(`unexpected control character ${character.charCodeAt(0)}`);
    const line = this.#lines[this.#row] as string[];
    while (line.length < this.#column) line.push(' ');
    line[this.#column++] = character;
  }

  #obey([text, isPrivate, parameter, command]: RegExpExecArray): void {
    const count = Number(parameter || 1);
    const line = this.#lines[this.#row] as string[];
    if (isPrivate || command === 'm') return;
    if (command === 'A') this.#moveUp(count);
    else if (command === 'B') this.#row = Math.min(this.#lines.length - 1, this.#row + count);
    else if (command === 'G') this.#column = count - 1;
    else if (command === 'K') line.length = parameter === '2' ? 0 : Math.min(line.length, this.#column);
    else throw new Error(`unexpected sequence ${JSON.stringify(text)}`);
  }

  #moveUp(count: number): void {
    const top = Math.max(0, this.#lines.length - this.rows);
    if (this.#row - count < top) throw new Error('the cursor moved above the screen');
    this.#row -= count;
  }
}
