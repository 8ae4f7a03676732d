import {
  createCounts,
  EMPTY_HISTOGRAM,
  type EntryCounts,
  type EntryKey,
  OTHER_ENTRY,
  RunStatistics,
} from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { describeWarnings } from './describe-warnings.ts';

function createStatistics(
  counts: Partial<EntryCounts>,
  key: EntryKey = { method: 'GET', name: '/' },
): RunStatistics {
  const statistics = new RunStatistics();
  statistics.add([{ key, counts: { ...createCounts(), ...counts }, latency: EMPTY_HISTOGRAM }]);
  return statistics;
}

describe('the warnings of a run', () => {
  it('are none where all is well', () => {
    const peaks = [{ workerId: 1, utilization: 0.85 }];
    expect(describeWarnings(createStatistics({ ok: 3, connectionError: 1 }), peaks, 1_000)).toEqual([]);
    expect(describeWarnings(new RunStatistics(), [], 1_000)).toEqual([]);
  });

  it('name the workers that were too busy', () => {
    const peaks = [
      { workerId: 1, utilization: 0.86 },
      { workerId: 2, utilization: 0.2 },
      { workerId: 3, utilization: 1 },
    ];
    expect(describeWarnings(createStatistics({ ok: 1 }), peaks, 1_000)).toEqual([
      'the load generator was busy: worker 1 (86 %), worker 3 (100 %); above 85 % the times may include its own delay: use more workers',
    ]);
  });

  it('say where no request reached its host, whatever was cut off at the end', () => {
    const statistics = createStatistics({ started: 5, connectionError: 3, aborted: 2 });
    expect(describeWarnings(statistics, [], 1_000)).toEqual([
      'no request reached its host: check --host, and that the target is running there',
    ]);
  });

  it('say where there were too many names', () => {
    expect(describeWarnings(createStatistics({ ok: 1 }, OTHER_ENTRY), [], 50)).toEqual([
      'more than 50 names: the rest is counted as (other); give requests that differ only in an id one name',
    ]);
  });
});
