import { crc32 } from 'node:zlib';
import { encodeStatistics, type SnapshotMessage } from '@loadts/protocol';
import type { IntervalRecord } from './recorder.ts';

/** Snapshots under way at once; more wait here until one is acknowledged. */
const MAX_UNACKNOWLEDGED = 4;

/** Numbers the intervals, sends them in order and keeps each until the master has it. */
export class SnapshotSender {
  readonly #send: (message: SnapshotMessage) => void;
  readonly #waiting: SnapshotMessage[] = [];
  readonly #unacknowledged: SnapshotMessage[] = [];
  #sequence = 0;

  constructor(send: (message: SnapshotMessage) => void) {
    this.#send = send;
  }

  /** The number of the newest snapshot. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Whether the master has everything. */
  get settled(): boolean {
    return this.#waiting.length === 0 && this.#unacknowledged.length === 0;
  }

  add(record: IntervalRecord): void {
    const statistics = encodeStatistics(record.statistics);
    this.#sequence++;
    this.#waiting.push({
      type: 'snapshot',
      sequence: this.#sequence,
      firstInterval: record.interval,
      lastInterval: record.interval,
      newEntries: record.newEntries,
      statistics,
      crc32: crc32(statistics),
      failures: record.failures,
      exceptions: record.exceptions,
    });
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
      this.#unacknowledged.push(next);
      this.#send(next);
    }
  }
}
