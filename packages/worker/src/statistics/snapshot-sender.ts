import { crc32 } from 'node:zlib';
import {
  type EntryTotals,
  encodeStatistics,
  type FinalMessage,
  type SnapshotMessage,
} from '@loadts/protocol';
import { IntervalBacklog } from './interval-backlog.ts';
import type { IntervalRecord } from './recorder.ts';
import { splitInterval } from './split-interval.ts';
import type { WaitingInterval } from './waiting-interval.ts';

/** Snapshots under way at once; more wait here until one is acknowledged. */
const MAX_UNACKNOWLEDGED = 4;

/** Numbers what was measured when it is sent, in order. What is sent never changes; what waits may be merged. */
export class SnapshotSender {
  readonly #send: (message: SnapshotMessage | FinalMessage) => void;
  readonly #backlog = new IntervalBacklog();
  /** What is left of an interval that takes several messages. */
  #parts: WaitingInterval[] = [];
  #final: Omit<FinalMessage, 'sequence'> | undefined;
  #hasEnded = false;
  #sequence = 0;
  #acknowledged = 0;

  constructor(send: (message: SnapshotMessage | FinalMessage) => void) {
    this.#send = send;
  }

  /** Whether the last word was sent, and all before it. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  add({ interval, statistics, ...rest }: IntervalRecord): void {
    const [firstInterval, lastInterval] = [interval, interval];
    this.#backlog.add({ ...rest, firstInterval, lastInterval, statistics: encodeStatistics(statistics) });
    this.#flush();
  }

  /** The last word, which follows the last snapshot. */
  finish(totals: readonly EntryTotals[], facts: Pick<FinalMessage, 'endedUs' | 'inFlightUs'>): void {
    this.#final = { type: 'final', ...facts, totals };
    this.#flush();
  }

  acknowledge(sequence: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, sequence);
    this.#flush();
  }

  #flush(): void {
    while (this.#sequence - this.#acknowledged < MAX_UNACKNOWLEDGED) {
      const next = this.#next();
      if (!next) return this.#sayLastWord();
      this.#sequence++;
      this.#send({ type: 'snapshot', sequence: this.#sequence, ...next, crc32: crc32(next.statistics) });
    }
  }

  #next(): WaitingInterval | undefined {
    if (this.#parts.length === 0) {
      const oldest = this.#backlog.shift();
      this.#parts = oldest ? splitInterval(oldest) : [];
    }
    return this.#parts.shift();
  }

  #sayLastWord(): void {
    const final = this.#final;
    this.#final = undefined;
    if (!final) return;
    this.#hasEnded = true;
    this.#send({ ...final, sequence: this.#sequence });
  }
}
