import type { ArrivalReport } from '@loadts/core';
import type { Collector } from '../statistics/collector.ts';
import type { ArrivalControl } from './arrival-control.ts';

/** What became of an open scenario's arrivals in all. */
export interface ArrivalOutcome {
  readonly report: ArrivalReport;
  /** As the schedule has it, whatever the workers say. */
  readonly planned: number;
  /** One sentence for each worker whose arrivals are lost. */
  readonly gaps: readonly string[];
  readonly warnings: readonly string[];
}

/** @param endedUs when the load ended, in microseconds since time zero */
export function concludeArrivals(
  control: ArrivalControl,
  collector: Collector,
  endedUs: number,
): ArrivalOutcome {
  const gaps: string[] = [];
  let lost = 0;
  for (const workerId of collector.lost) {
    const own = control.countOwn(workerId, collector.arrivals.nextOf(workerId), endedUs);
    if (own === 0) continue;
    lost += own;
    gaps.push(
      `worker ${workerId}: ${own} ${own === 1 ? 'arrival is' : 'arrivals are'} lost: nobody knows which of them it started before the others took over`,
    );
  }
  const total = collector.arrivals.total;
  const report = { ...total, asked: total.asked + lost, lost, maxUsers: control.users };
  return { report, planned: control.countAsked(endedUs), gaps, warnings: describeShortfall(report) };
}

function describeShortfall({ asked, dropped, left, maxUsers }: ArrivalReport): string[] {
  const warnings: string[] = [];
  if (dropped > 0) {
    warnings.push(
      `${dropped} of ${asked} arrivals were dropped, since ${maxUsers === 1 ? 'the only user was' : `all ${maxUsers} users were`} busy: allow more with --max-users, or let arrivals wait with --when-busy queue`,
    );
  }
  if (left > 0) {
    warnings.push(
      `${left} of ${asked} arrivals still waited for a user when the load ended: ${maxUsers} ${maxUsers === 1 ? 'user is' : 'users are'} too few for this rate`,
    );
  }
  return warnings;
}
