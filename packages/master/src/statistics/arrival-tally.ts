import type { ArrivalRecord } from '@loadts/protocol';

/** What became of an open scenario's arrivals on all workers. */
export type ArrivalCounts = Omit<ArrivalRecord, 'scenario' | 'next'>;

/** What the workers have told about the arrivals of open scenarios. */
export class ArrivalTally {
  /** By scenario and worker. */
  readonly #scenarios = new Map<number, Map<number, ArrivalRecord>>();

  add(workerId: number, record: ArrivalRecord): void {
    const workers = this.#scenarios.get(record.scenario) ?? new Map<number, ArrivalRecord>();
    const known = workers.get(workerId);
    workers.set(workerId, known ? join(known, record) : record);
    this.#scenarios.set(record.scenario, workers);
  }

  /** The number of the scenario's first arrival that the worker has not told of. */
  nextOf(scenario: number, workerId: number): number {
    return this.#scenarios.get(scenario)?.get(workerId)?.next ?? 0;
  }

  /** Of all workers. */
  totalOf(scenario: number): ArrivalCounts {
    const total = { asked: 0, started: 0, dropped: 0, left: 0, queuedMost: 0 };
    for (const record of this.#scenarios.get(scenario)?.values() ?? []) {
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
    scenario: known.scenario,
    next: added.next,
    asked: known.asked + added.asked,
    started: known.started + added.started,
    dropped: known.dropped + added.dropped,
    left: known.left + added.left,
    queuedMost: Math.max(known.queuedMost, added.queuedMost),
  };
}
