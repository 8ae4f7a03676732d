import { reportEntry } from '@loadts/core';
import type { LiveState } from '../report/live-view.ts';
import type { Collector } from '../statistics/collector.ts';

const RECENT_SECONDS = 10;

/** What was measured so far, as the live view shows it. */
export function readLiveStatistics(
  { statistics, history }: Collector,
  elapsedSeconds: number,
): Pick<LiveState, 'total' | 'entries' | 'recent' | 'failureKinds'> {
  const recent = history.recentRates(elapsedSeconds, RECENT_SECONDS);
  return {
    total: reportEntry(statistics.total, elapsedSeconds),
    entries: statistics.entries.map((entry) => reportEntry(entry, elapsedSeconds)),
    recent: { requestsPerSecond: recent.requests, failuresPerSecond: recent.failures },
    failureKinds: statistics.failures.length,
  };
}
