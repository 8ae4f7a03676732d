/** What requests are grouped by. */
export interface EntryKey {
  readonly method: string;
  readonly name: string;
}
