import type { SecondView, WorkerView } from '@loadts/protocol';
import { BUSY } from '../../report/worker-rows.ts';

/** Whether the load generator is well, in one sentence. */
export interface WorkersSummary {
  readonly says: string;
  readonly isBad: boolean;
}

/** @param verdict so far: it knows of the seconds before as well */
export function summarizeWorkers(
  workers: readonly WorkerView[],
  verdict?: SecondView['verdict']['kind'],
): WorkersSummary {
  const gone = workers.filter(({ state }) => state === 'missing' || state === 'lost');
  const busy = workers.filter(({ utilization }) => (utilization ?? 0) > BUSY);
  if (gone.length > 0) {
    return {
      says: `${list(gone)} ${are(gone)} gone: the others take over, and its numbers may be missing.`,
      isBad: true,
    };
  }
  if (busy.length > 0) {
    return { says: `${list(busy)} ${are(busy)} busy: times may be too long. Use more workers.`, isBad: true };
  }
  if (verdict === 'invalid') {
    return { says: 'The load generator was the limit in this run, so its times prove nothing.', isBad: true };
  }
  return { says: 'No worker is the limit now.', isBad: false };
}

function list(workers: readonly WorkerView[]): string {
  const ids = workers.map(({ id }) => id);
  return `Worker${ids.length > 1 ? 's' : ''} ${ids.join(', ')}`;
}

function are(workers: readonly WorkerView[]): string {
  return workers.length > 1 ? 'are' : 'is';
}
