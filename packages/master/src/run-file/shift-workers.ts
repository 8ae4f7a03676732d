import type { RunRecord } from '@loadts/core';

/** A record with other ids of its workers: each run counts its own from 1. */
export function shiftWorkers(record: RunRecord, by: number): RunRecord {
  switch (record.type) {
    case 'interval': {
      const exceptions = record.delta.exceptions.map((exception) => ({
        ...exception,
        workers: exception.workers.map((id) => id + by),
      }));
      return { ...record, delta: { ...record.delta, exceptions } };
    }
    case 'health':
      return { ...record, health: { ...record.health, workerId: record.health.workerId + by } };
    case 'worker':
      return { ...record, worker: { ...record.worker, id: record.worker.id + by } };
    default:
      return record;
  }
}
