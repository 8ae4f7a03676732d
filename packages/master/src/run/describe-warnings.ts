import { countRequests, isOtherEntry, type RunStatistics } from '@loadts/core';

/** The busiest second of a worker's event loop, as a share of 1. */
export interface WorkerPeak {
  readonly workerId: number;
  readonly utilization: number;
}

const BUSY = 0.85;

/** What makes the numbers less trustworthy than they look, one sentence each. */
export function describeWarnings(
  statistics: RunStatistics,
  peaks: readonly WorkerPeak[],
  maxEntries: number,
): string[] {
  const warnings: string[] = [];
  const busy = peaks.filter((peak) => peak.utilization > BUSY);
  if (busy.length > 0) {
    const names = busy.map((peak) => `worker ${peak.workerId} (${Math.round(peak.utilization * 100)} %)`);
    warnings.push(
      `the load generator was busy: ${names.join(', ')}; above ${BUSY * 100} % the times may include its own delay: use more workers`,
    );
  }
  const { counts } = statistics.total;
  if (counts.connectionError > 0 && counts.connectionError === countRequests(counts)) {
    warnings.push('no request reached its host: check --host, and that the target is running there');
  }
  if (statistics.entries.some(({ key }) => isOtherEntry(key))) {
    warnings.push(
      `more than ${maxEntries} names: the rest is counted as (other); give requests that differ only in an id one name`,
    );
  }
  return warnings;
}
