const ROWS_PER_PAGE = 4_096;

/** Where each row of a file begins and ends: 4 bytes a row, whatever the size of the file. */
export class RowIndex {
  /** Where the first row of each page begins. */
  readonly #bases: number[] = [];
  /** Where each row ends, counted from the base of its page. */
  readonly #pages: Uint32Array[] = [];
  #size = 0;
  #end: number;

  /** @param start where the first row begins */
  constructor(start: number) {
    this.#end = start;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#size;
  }

  /** Where the last row so far ends. */
  get end(): number {
    return this.#end;
  }

  /** Adds a row from the end of the one before to `end`. */
  add(end: number): void {
    const slot = this.#size % ROWS_PER_PAGE;
    if (slot === 0) {
      this.#bases.push(this.#end);
      this.#pages.push(new Uint32Array(ROWS_PER_PAGE));
    }
    const page = this.#pages.length - 1;
    (this.#pages[page] as Uint32Array)[slot] = end - (this.#bases[page] as number);
    this.#end = end;
    this.#size++;
  }

  startOf(row: number): number {
    return row === 0 ? (this.#bases[0] as number) : this.endOf(row - 1);
  }

  endOf(row: number): number {
    const page = Math.floor(row / ROWS_PER_PAGE);
    return (this.#bases[page] as number) + (this.#pages[page]?.[row % ROWS_PER_PAGE] as number);
  }
}
