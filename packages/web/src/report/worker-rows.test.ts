import type { ReportData, WorkerSeries } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { listWorkers, mostDelayed, wasGeneratorLimit } from './worker-rows.ts';

function series(
  workerId: number,
  users: (number | null)[],
  loopDelayMs: (number | null)[] = [1],
): WorkerSeries {
  const column = users.map((value) => value && 0.5);
  const rest = { sendDelayMs: column, utilization: column, collectingMs: column, memoryMb: column };
  return { workerId, spanSeconds: 1, users, loopDelayMs, cpu: column, ...rest };
}

function rows(...workerSeries: WorkerSeries[]) {
  const workers = workerSeries.map(({ workerId: id }) => ({
    id,
    hostname: 'a',
    pid: 1,
    cores: 2,
    loadts: '1',
  }));
  return listWorkers({ workers, workerSeries } as unknown as ReportData);
}

describe('workers', () => {
  it('are shown by their worst moments', () => {
    const [row] = rows(series(1, [3, 9, 4], [0.4, 12, null]));
    expect(row).toMatchObject({ peakUsers: 9, loopDelayMs: 12, meanCpu: 0.5 });
  });

  it('are silent in the middle, not before they joined nor in the second that the run ends in', () => {
    const silent = rows(series(1, [null, 1, null, null, 2, null]), series(2, [1, null, null]));
    expect(silent.map(({ silentSeconds }) => silentSeconds)).toEqual([2, 2]);
  });

  it('have a row also where they never said anything', () => {
    const workers = [{ id: 4, hostname: 'a', pid: 1, cores: 2, loadts: '1' }];
    expect(listWorkers({ workers, workerSeries: [] } as unknown as ReportData)).toMatchObject([
      { id: 4, peakUsers: 0 },
    ]);
  });

  it('have a line in the charts where they are late most, in the order of their ids', () => {
    const many = [1, 2, 3].map((id) => series(id, [1], [id === 2 ? 0 : id]));
    expect(mostDelayed(many, 2).map(({ workerId }) => workerId)).toEqual([1, 3]);
  });
});

describe('the limit', () => {
  const overload = 'worker 1 was the limit in 4 of 12 seconds: it delayed its own requests, by up to 78 ms';

  it('is the generator where the run is invalid, or where a warning says so', () => {
    expect(wasGeneratorLimit({ verdict: { kind: 'invalid', reasons: [overload] }, warnings: [] })).toBe(true);
    expect(wasGeneratorLimit({ verdict: { kind: 'pass', reasons: [] }, warnings: [overload] })).toBe(true);
    expect(wasGeneratorLimit({ verdict: { kind: 'fail', reasons: ['other'] }, warnings: ['other'] })).toBe(
      false,
    );
  });
});
