import { crc32 } from 'node:zlib';
import {
  countEnded,
  type EntryDelta,
  type EntryKey,
  type ExceptionDelta,
  type FailureDelta,
  LoadtsError,
  type SparseHistogram,
  sparseChecksum,
} from '@loadts/core';
import {
  decodeStatistics,
  type EntryTotals,
  type FinalMessage,
  type InternedEntry,
  type SnapshotMessage,
} from '@loadts/protocol';

/** A snapshot that was checked and belongs to the statistics. */
export interface Delta {
  readonly interval: number;
  readonly entries: readonly EntryDelta[];
  readonly generatorDelay: SparseHistogram;
  readonly failures: readonly FailureDelta[];
  readonly exceptions: readonly ExceptionDelta[];
}

type Totals = { -readonly [Field in keyof EntryTotals]: EntryTotals[Field] };

/** Takes one worker's snapshots, each exactly once, and knows in the end whether anything is missing. */
export class WorkerIntake {
  readonly #keys = new Map<number, EntryKey>();
  readonly #totals = new Map<number, Totals>();
  #sequence = 0;
  #nextInterval = 0;
  #complete = false;

  /** Whether the worker's final message came and agrees with what was taken. */
  get complete(): boolean {
    return this.#complete;
  }

  /** The first second of which nothing was collected. */
  get nextInterval(): number {
    return this.#nextInterval;
  }

  /** The delta to add, or undefined for a snapshot that was taken before. @throws LoadtsError `MESSAGE_INVALID`. */
  take(message: SnapshotMessage): Delta | undefined {
    if (message.sequence <= this.#sequence) return undefined;
    if (message.sequence > this.#sequence + 1) {
      throw invalid(`snapshot ${message.sequence} came after ${this.#sequence}`);
    }
    if (crc32(message.statistics) !== message.crc32) throw invalid('a snapshot was damaged on its way');
    const delta = this.#decode(message);
    this.#sequence = message.sequence;
    this.#nextInterval = message.lastInterval + 1;
    return delta;
  }

  /** One sentence for each thing in which the worker's own totals differ from what was taken. */
  finish(message: FinalMessage): string[] {
    const differences = message.totals.flatMap((own) => {
      const taken = this.#totals.get(own.entryId);
      const fields = ['started', 'ended', 'measured', 'sumUs', 'checksum'] as const;
      const differing = fields.filter((field) => own[field] !== (taken?.[field] ?? 0));
      return differing.map(
        (field) => `${this.#name(own.entryId)}: ${field} is ${taken?.[field] ?? 0}, sent were ${own[field]}`,
      );
    });
    if (message.sequence !== this.#sequence) {
      differences.push(`${this.#sequence} of ${message.sequence} snapshots came`);
    }
    this.#complete = differences.length === 0;
    return differences;
  }

  #decode(message: SnapshotMessage): Delta {
    const { entries, generatorDelay } = decodeStatistics(message.statistics);
    const added = new Map(message.newEntries.map((entry) => [entry.id, toKey(entry)]));
    const keyOf = (id: number): EntryKey => {
      const key = this.#keys.get(id) ?? added.get(id);
      if (!key) throw invalid(`entry ${id} has no name`);
      return key;
    };
    const delta: Delta = {
      interval: message.firstInterval,
      generatorDelay,
      entries: entries.map(({ entryId, counts, latency }) => ({ key: keyOf(entryId), counts, latency })),
      failures: message.failures.map(({ entryId, reason, count }) => ({
        key: keyOf(entryId),
        reason,
        count,
      })),
      exceptions: message.exceptions,
    };
    // Only now, when nothing can fail any more.
    for (const [id, key] of added) this.#keys.set(id, key);
    entries.forEach(({ entryId }, i) => this.#addTotals(entryId, delta.entries[i] as EntryDelta));
    return delta;
  }

  #addTotals(entryId: number, { counts, latency }: EntryDelta): void {
    const totals = this.#totals.get(entryId) ?? {
      entryId,
      started: 0,
      ended: 0,
      measured: 0,
      sumUs: 0,
      checksum: 0,
    };
    totals.started += counts.started;
    totals.ended += countEnded(counts);
    totals.measured += latency.count;
    totals.sumUs += latency.sumUs;
    totals.checksum = (totals.checksum + sparseChecksum(latency)) >>> 0;
    this.#totals.set(entryId, totals);
  }

  #name(entryId: number): string {
    const key = this.#keys.get(entryId);
    return key ? `${key.method} ${key.name}` : `entry ${entryId}`;
  }
}

function toKey({ method, name }: InternedEntry): EntryKey {
  return { method, name };
}

function invalid(message: string): LoadtsError {
  return new LoadtsError('MESSAGE_INVALID', message);
}
