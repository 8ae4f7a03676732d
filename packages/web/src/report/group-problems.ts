import type { ReportData } from '@loadts/core';

type Failure = ReportData['failures'][number];

/** Failures with the same reason, whatever the request. */
export interface FailureGroup {
  readonly reason: string;
  readonly count: number;
  readonly firstSecond: number;
  readonly lastSecond: number;
  /** Most frequent first. */
  readonly failures: readonly Failure[];
}

/** Most frequent first. */
export function groupFailures(failures: readonly Failure[]): FailureGroup[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const known = groups.get(failure.reason);
    if (known) known.push(failure);
    else groups.set(failure.reason, [failure]);
  }
  return [...groups]
    .map(([reason, members]) => createGroup(reason, members))
    .sort((a, b) => b.count - a.count);
}

function createGroup(reason: string, failures: readonly Failure[]): FailureGroup {
  return {
    reason,
    count: failures.reduce((total, { count }) => total + count, 0),
    firstSecond: Math.min(...failures.map(({ firstSecond }) => firstSecond)),
    lastSecond: Math.max(...failures.map(({ lastSecond }) => lastSecond)),
    failures: failures.toSorted((a, b) => b.count - a.count),
  };
}
