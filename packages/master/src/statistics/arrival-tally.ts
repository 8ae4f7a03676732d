import type { ArrivalRecord } from '@loadts/protocol';

/** What the workers have told about an open scenario's arrivals. */
export class ArrivalTally {
  readonly #workers = new Map<number, ArrivalRecord>();

  add(workerId: number, record: ArrivalRecord): void {
    const known = this.#workers.get(workerId);
    this.#workers.set(workerId, known ? join(known, record) : record);
  }

  /** The number of the first arrival that the worker has not told of. */
  nextOf(workerId: number): number {
    return this.#workers.get(workerId)?.next ?? 0;
  }

  /** Of all workers; `next` means nothing here. */
  get total(): Omit<ArrivalRecord, 'next'> {
    const total = { asked: 0, started: 0, dropped: 0, left: 0, queuedMost: 0 };
    for (const record of this.#workers.values()) {
      total.asked += record.asked;
      total.started += record.started;
      total.dropped += record.dropped;
      total.left += record.left;
      total.queuedMost += record.queuedMost;
    }
    return total;
  }
}

function join(known: ArrivalRecord, added: ArrivalRecord): ArrivalRecord {
  return {
    next: added.next,
    asked: known.asked + added.asked,
    started: known.started + added.started,
    dropped: known.dropped + added.dropped,
    left: known.left + added.left,
    queuedMost: Math.max(known.queuedMost, added.queuedMost),
  };
}
