/** What requests are grouped by. */
export interface EntryKey {
  /** Where the script names its scenarios. */
  readonly scenario?: string | undefined;
  readonly method: string;
  readonly name: string;
}
