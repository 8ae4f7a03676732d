import { crc32 } from 'node:zlib';
import {
  type EntryTotals,
  encodeStatistics,
  type FinalMessage,
  type SnapshotMessage,
} from '@loadts/protocol';
import type { IntervalRecord } from './recorder.ts';
import { splitInterval } from './split-interval.ts';

/** Snapshots under way at once; more wait here until one is acknowledged. */
const MAX_UNACKNOWLEDGED = 4;

/** Numbers the intervals, sends them in order and keeps each until the master has it. */
export class SnapshotSender {
  readonly #send: (message: SnapshotMessage | FinalMessage) => void;
  readonly #waiting: (SnapshotMessage | FinalMessage)[] = [];
  readonly #unacknowledged: SnapshotMessage[] = [];
  #sequence = 0;

  constructor(send: (message: SnapshotMessage | FinalMessage) => void) {
    this.#send = send;
  }

  add(interval: IntervalRecord): void {
    for (const record of splitInterval(interval)) {
      const statistics = encodeStatistics(record.statistics);
      this.#sequence++;
      this.#waiting.push({
        type: 'snapshot',
        sequence: this.#sequence,
        firstInterval: record.interval,
        lastInterval: record.interval,
        users: record.users,
        newEntries: record.newEntries,
        statistics,
        crc32: crc32(statistics),
        failures: record.failures,
        exceptions: record.exceptions,
        arrivals: record.arrivals,
      });
    }
    this.#flush();
  }

  /** The last word, which follows the last snapshot. */
  finish(totals: readonly EntryTotals[], facts: Pick<FinalMessage, 'endedUs' | 'inFlightUs'>): void {
    this.#waiting.push({ type: 'final', sequence: this.#sequence, ...facts, totals });
    this.#flush();
  }

  acknowledge(sequence: number): void {
    while (this.#unacknowledged[0] !== undefined && this.#unacknowledged[0].sequence <= sequence) {
      this.#unacknowledged.shift();
    }
    this.#flush();
  }

  #flush(): void {
    while (this.#unacknowledged.length < MAX_UNACKNOWLEDGED) {
      const next = this.#waiting.shift();
      if (!next) return;
      if (next.type === 'snapshot') this.#unacknowledged.push(next);
      this.#send(next);
    }
  }
}
