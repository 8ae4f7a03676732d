/** A larger row may be part of a file that is broken, and of a message that is too large. */
export const MAX_ROW_BYTES: number = 512 * 1024;
export const ROW_TOO_LARGE: string = `the row is larger than ${MAX_ROW_BYTES / 1024} KiB`;

/** The rows of a data file, by their number from 0. */
export interface RowSource {
  /** How many rows there are. */
  readonly size: number;
  /** The names of the values in each row; null where a row is one value. */
  readonly columns: readonly string[] | null;
  /** About how large a row is; at most `MAX_ROW_BYTES`. */
  bytesOf(row: number): number;
  /** Each of these rows as JSON. Rejects where the file has changed or cannot be read any more. */
  read(rows: readonly number[]): Promise<string[]>;
  close(): Promise<void>;
}
