import { crc32 } from 'node:zlib';
import {
  countEnded,
  type EntryDelta,
  type EntryKey,
  type ExceptionDelta,
  entryChecksum,
  type FailureDelta,
  isOtherEntry,
  LoadtsError,
  nameInScenario,
  type SparseHistogram,
} from '@loadts/core';
import {
  type ArrivalRecord,
  decodeStatistics,
  type EntryTotals,
  type FinalMessage,
  type SnapshotMessage,
} from '@loadts/protocol';
import { compareTotals, createTotals } from './compare-totals.ts';
import type { EntryTable } from './entry-table.ts';

/** A snapshot that was checked and belongs to the statistics. */
export interface Delta {
  /** The first second that it is of. */
  readonly interval: number;
  readonly lastInterval: number;
  /** At the end of it. */
  readonly users: number;
  readonly entries: readonly EntryDelta[];
  /** What thresholds select, by its id as the name. */
  readonly aggregates: readonly EntryDelta[];
  readonly generatorDelay: SparseHistogram;
  readonly failures: readonly FailureDelta[];
  readonly exceptions: readonly ExceptionDelta[];
  readonly arrivals: readonly ArrivalRecord[];
  /** New entries that count as `(other)`. */
  readonly refused: readonly number[];
}

/** A day: no worker waits so long, and spreading it over its seconds takes memory. */
const MAX_SPAN_SECONDS = 86_400;

/** Takes one worker's snapshots, each exactly once, and knows in the end whether anything is missing. */
export class WorkerIntake {
  readonly #table: EntryTable;
  readonly #scenarios: readonly (string | undefined)[];
  readonly #keys = new Map<number, EntryKey>();
  readonly #totals = new Map<number, EntryTotals>();
  #sequence = 0;
  /** Where the last snapshot began. */
  #firstInterval: number | undefined;
  /** The first second of which nothing was collected. */
  #nextInterval = 0;
  #final: FinalMessage | undefined;
  #lossReason: string | undefined;

  /** @param scenarios the names of the run's scenarios, by index */
  constructor(table: EntryTable, scenarios: readonly (string | undefined)[]) {
    this.#table = table;
    this.#scenarios = scenarios;
  }

  /** Whether nothing more is to come. */
  get settled(): boolean {
    if (this.#lossReason !== undefined) return true;
    return this.#final !== undefined && this.#final.sequence <= this.#sequence;
  }

  /** Whether it is gone without its last word. */
  get isLost(): boolean {
    return this.#final === undefined;
  }

  /** The delta to add, or undefined for a snapshot that was taken before. @throws LoadtsError `MESSAGE_INVALID`. */
  take(message: SnapshotMessage): Delta | undefined {
    if (message.sequence <= this.#sequence) return undefined;
    this.#check(message);
    const delta = this.#decode(message);
    this.#sequence = message.sequence;
    this.#firstInterval = message.firstInterval;
    this.#nextInterval = message.lastInterval + 1;
    return delta;
  }

  /** Requests under way times how long, in microseconds; undefined where nobody knows. */
  get inFlightUs(): number | undefined {
    return this.#final?.inFlightUs;
  }

  finish(message: FinalMessage): void {
    this.#final = message;
  }

  /** The worker is back to deliver. */
  restore(): void {
    if (!this.#final) this.#lossReason = undefined;
  }

  /** The worker is gone. */
  lose(reason: string): void {
    this.#lossReason ??= reason;
  }

  /** One sentence for each thing that is missing: the worker's own totals are compared with what was taken. */
  describeGaps(): string[] {
    if (!this.#final) {
      const reason = this.#lossReason === undefined ? '' : ` (${this.#lossReason})`;
      return [`nothing collected from second ${this.#nextInterval} on${reason}`];
    }
    const { sequence, totals } = this.#final;
    const gaps = compareTotals(totals, [...this.#totals.values()], (entryId) => this.#name(entryId));
    if (sequence !== this.#sequence) gaps.push(`${sequence} snapshots were sent, ${this.#sequence} came`);
    return gaps;
  }

  #check({ sequence, statistics, crc32: expected, firstInterval, lastInterval }: SnapshotMessage): void {
    if (sequence > this.#sequence + 1) throw invalid(`snapshot ${sequence} came after ${this.#sequence}`);
    if (crc32(statistics) !== expected) throw invalid(`snapshot ${sequence} was damaged on its way`);
    // What does not fit into one message comes in several of the same seconds.
    const isPart = firstInterval === this.#firstInterval && lastInterval === this.#nextInterval - 1;
    if ((firstInterval < this.#nextInterval && !isPart) || lastInterval < firstInterval) {
      throw invalid(
        `snapshot ${sequence} is of seconds ${firstInterval} to ${lastInterval}, expected from ${this.#nextInterval} on`,
      );
    }
    if (lastInterval - firstInterval > MAX_SPAN_SECONDS) {
      throw invalid(`snapshot ${sequence} is of ${lastInterval - firstInterval + 1} seconds`);
    }
  }

  #decode(message: SnapshotMessage): Delta {
    const { entries, generatorDelay } = decodeStatistics(message.statistics);
    for (const { scenario } of message.arrivals) this.#nameOf(scenario);
    const added = this.#readNewEntries(message);
    const keyOf = (id: number): EntryKey => {
      const key = this.#keys.get(id) ?? added.get(id);
      if (!key) throw invalid(`entry ${id} has no name`);
      return key;
    };
    const all = entries.map(({ entryId, ...measured }) => ({ key: keyOf(entryId), ...measured }));
    const isAggregate = ({ key }: EntryDelta): boolean => this.#table.isAggregate(key);
    const delta: Delta = {
      interval: message.firstInterval,
      lastInterval: message.lastInterval,
      users: message.users,
      generatorDelay,
      entries: all.filter((entry) => !isAggregate(entry)),
      aggregates: all.filter(isAggregate),
      failures: message.failures.map(({ entryId, reason, count }) => ({
        key: keyOf(entryId),
        reason,
        count,
      })),
      exceptions: message.exceptions,
      arrivals: message.arrivals,
      refused: [...added].filter(([, key]) => isOtherEntry(key)).map(([id]) => id),
    };
    // Only now, when nothing can fail any more.
    for (const [id, key] of added) this.#keys.set(id, key);
    entries.forEach(({ entryId }, i) => this.#addTotals(entryId, all[i] as EntryDelta));
    return delta;
  }

  #readNewEntries({ newEntries }: SnapshotMessage): Map<number, EntryKey> {
    const added = new Map<number, EntryKey>();
    for (const { id, method, name, scenario: index } of newEntries) {
      if (this.#keys.has(id) || added.has(id)) throw invalid(`entry ${id} got a second name`);
      const scenario = this.#nameOf(index);
      const key = { method, name };
      const isShared = scenario === undefined || this.#table.isAggregate(key);
      added.set(id, this.#table.admit(isShared ? key : { scenario, ...key }));
    }
    return added;
  }

  #nameOf(scenario: number): string | undefined {
    if (scenario < this.#scenarios.length) return this.#scenarios[scenario];
    throw invalid(`scenario ${scenario} is none of this run`);
  }

  #addTotals(entryId: number, delta: EntryDelta): void {
    const { counts, latency } = delta;
    const totals = this.#totals.get(entryId) ?? createTotals(entryId);
    this.#totals.set(entryId, {
      entryId,
      started: totals.started + counts.started,
      ended: totals.ended + countEnded(counts),
      measured: totals.measured + latency.count,
      sumUs: totals.sumUs + latency.sumUs,
      checksum: (totals.checksum + entryChecksum(delta)) >>> 0,
    });
  }

  #name(entryId: number): string {
    const key = this.#keys.get(entryId);
    return key ? `${key.method} ${nameInScenario(key)}` : `entry ${entryId}`;
  }
}

function invalid(message: string): LoadtsError {
  return new LoadtsError('MESSAGE_INVALID', message);
}
