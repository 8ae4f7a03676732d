import { countEnded, createCounts, entryChecksum } from '@loadts/core';
import type { EntryRecord } from '@loadts/protocol';
import type { EntryRecorder } from './entry-recorder.ts';

/** Entries taken in one turn of the event loop: well below a millisecond, so that 1,000 entries delay no request. */
const ENTRIES_PER_TURN = 100;

/** An interval that is over, while what its entries measured is taken out of them. */
export class ClosingInterval {
  readonly #interval: number;
  readonly #entries: readonly EntryRecorder[];
  readonly #onClosed: (records: readonly EntryRecord[]) => void;
  readonly #records: EntryRecord[] = [];
  #next = 0;
  #closed = false;

  /** @param onClosed called once, with all that the entries measured in the interval */
  constructor(
    interval: number,
    entries: readonly EntryRecorder[],
    onClosed: (records: readonly EntryRecord[]) => void,
  ) {
    this.#interval = interval;
    this.#entries = entries;
    this.#onClosed = onClosed;
  }

  /** Takes the entries, the first ones at once, the others in later turns of the event loop. */
  start(): void {
    this.#takeUpTo(this.#next + ENTRIES_PER_TURN);
    if (!this.#closed) setImmediate(() => this.start());
  }

  /** Takes the rest at once. */
  finish(): void {
    this.#takeUpTo(this.#entries.length);
  }

  /** Takes this entry before its turn, since it is about to measure for the next interval. */
  take(entry: EntryRecorder): void {
    this.#records.push(takeEntry(entry));
  }

  #takeUpTo(end: number): void {
    if (this.#closed) return;
    for (; this.#next < this.#entries.length && this.#next < end; this.#next++) {
      const entry = this.#entries[this.#next] as EntryRecorder;
      if (entry.interval === this.#interval) this.take(entry);
    }
    if (this.#next < this.#entries.length) return;
    this.#closed = true;
    this.#onClosed(this.#records);
  }
}

function takeEntry(entry: EntryRecorder): EntryRecord {
  const service = entry.service?.take();
  const ttfb = entry.ttfb?.take();
  const record = {
    entryId: entry.id,
    counts: entry.counts,
    latency: entry.latency.take(),
    ...(service && { service }),
    ...(ttfb && { ttfb }),
  };
  entry.counts = createCounts();
  entry.interval = undefined;
  const { totals } = entry;
  totals.started += record.counts.started;
  totals.ended += countEnded(record.counts);
  totals.measured += record.latency.count;
  totals.sumUs += record.latency.sumUs;
  totals.checksum = (totals.checksum + entryChecksum(record)) >>> 0;
  return record;
}
