import { describe, expect, it } from 'vitest';
import type { WorkerHealth } from './run-record.ts';
import { WorkerHistories } from './worker-histories.ts';

function health(workerId: number, second: number, fields: Partial<WorkerHealth> = {}): WorkerHealth {
  const load = { loopDelayUs: 1_500, sendDelayUs: 300, utilization: 0.5, cpu: 0.75, collectingUs: 2_000 };
  return { workerId, second, users: 5, ...load, memoryBytes: 3 * 2 ** 20, ...fields };
}

describe('WorkerHistories', () => {
  it('tells how each worker was, with nothing where it was silent', () => {
    const workers = new WorkerHistories(2);
    workers.add(health(2, 1));
    workers.add(health(1, 0, { users: 3 }));
    expect(workers.toJson(3)).toEqual([
      expect.objectContaining({ workerId: 1, users: [3, null, null] }),
      {
        workerId: 2,
        spanSeconds: 1,
        users: [null, 5, null],
        loopDelayMs: [null, 1.5, null],
        sendDelayMs: [null, 0.3, null],
        utilization: [null, 0.5, null],
        cpu: [null, 0.75, null],
        collectingMs: [null, 2, null],
        memoryMb: [null, 3, null],
      },
    ]);
  });

  it('keeps fewer points where there are many workers, with the worst of each span and its last users', () => {
    const workers = new WorkerHistories(1_000);
    workers.add(health(1, 0, { users: 8, loopDelayUs: 9_000, utilization: 0.2 }));
    workers.add(health(1, 1, { users: 2, loopDelayUs: 4_000, utilization: 0.9 }));
    workers.add(health(1, 700));
    const [series] = workers.toJson(701);
    expect([series?.spanSeconds, series?.users.length]).toEqual([2, 351]);
    expect([series?.users[0], series?.loopDelayMs[0], series?.utilization[0]]).toEqual([2, 9, 0.9]);
  });
});
