import {
  aggregateKey,
  type EntryKey,
  entryId,
  isOtherEntry,
  OTHER_ENTRY,
  readStreamTimeKey,
} from '@loadts/core';

/** The names that a run tells apart, the same for all of its workers: who comes first is in. */
export class EntryTable {
  readonly #maxEntries: number;
  readonly #known = new Set<string>();
  readonly #aggregates: ReadonlySet<string>;

  /** @param aggregates ids of what is added up for thresholds beside the entries */
  constructor(maxEntries: number, aggregates: readonly string[] = []) {
    this.#maxEntries = maxEntries;
    this.#aggregates = new Set(aggregates.map((id) => entryId(aggregateKey(id))));
  }

  /** What is added up beside the entries: for thresholds, and the times of streams. */
  isAggregate(key: EntryKey): boolean {
    return this.#aggregates.has(entryId(key)) || readStreamTimeKey(key) !== undefined;
  }

  /** The entry that requests of this name count for: its own, or `(other)` of its scenario where the table is full. */
  admit(key: EntryKey): EntryKey {
    const id = entryId(key);
    if (this.#known.has(id) || this.isAggregate(key)) return key;
    // A worker may have folded names by itself.
    if (this.#known.size >= this.#maxEntries || isOtherEntry(key)) return { ...key, ...OTHER_ENTRY };
    this.#known.add(id);
    return key;
  }
}
