import type { ArrivalReport, ScenarioReport } from '@loadts/core';
import type { Collector } from '../statistics/collector.ts';
import type { ArrivalControl } from './arrival-control.ts';

/** A scenario as it went. */
export interface SteeredScenario {
  /** Undefined for the only one of a script that names none. */
  readonly name: string | undefined;
  /** Since the run's time zero. */
  readonly startUs: number;
  /** Undefined where it ended with the run. */
  readonly endedUs: number | undefined;
  /** Most users that were running at once. */
  readonly peakUsers: number;
  /** Where its iterations begin with arrivals. */
  readonly arrivals: ArrivalControl | undefined;
}

const SECOND_US = 1_000_000;

/** What became of all arrivals of a run. */
export interface ArrivalOutcome {
  /** Of all open scenarios; undefined where there is none. */
  readonly report: ArrivalReport | undefined;
  /** As the schedules have it, whatever the workers say. */
  readonly planned: number;
  /** Of scenarios with a name. */
  readonly scenarios: readonly Omit<ScenarioReport, 'total'>[];
  /** One sentence for each worker and scenario of which arrivals are lost. */
  readonly gaps: readonly string[];
  readonly warnings: readonly string[];
}

/** What became of one open scenario's arrivals. */
interface ScenarioOutcome {
  readonly report: ArrivalReport;
  readonly planned: number;
  readonly gaps: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * @param scenarios by index
 * @param endedUs when the load ended, in microseconds since time zero
 */
export function concludeArrivals(
  scenarios: readonly SteeredScenario[],
  collector: Collector,
  endedUs: number,
): ArrivalOutcome {
  const outcomes = scenarios.map(
    ({ name, startUs, arrivals }, index) =>
      arrivals && concludeScenario({ index, name, control: arrivals }, collector, endedUs - startUs),
  );
  const open = outcomes.filter((outcome) => outcome !== undefined);
  return {
    report: open.map(({ report }) => report).reduce<ArrivalReport | undefined>(addReports, undefined),
    planned: open.reduce((total, { planned }) => total + planned, 0),
    scenarios: scenarios.flatMap((scenario, index) => {
      const { name, startUs, peakUsers } = scenario;
      if (name === undefined) return [];
      const arrivals = outcomes[index]?.report;
      const startSecond = startUs / SECOND_US;
      const endSecond = Math.max(startSecond, (scenario.endedUs ?? endedUs) / SECOND_US);
      return { name, startSecond, endSecond, ...(arrivals ? { arrivals } : { peakUsers }) };
    }),
    gaps: open.flatMap(({ gaps }) => gaps),
    warnings: open.flatMap(({ warnings }) => warnings),
  };
}

interface OpenScenario {
  readonly index: number;
  readonly name: string | undefined;
  readonly control: ArrivalControl;
}

/** @param endedUs when the load ended, in microseconds since the scenario's start */
function concludeScenario(
  { index, name, control }: OpenScenario,
  collector: Collector,
  endedUs: number,
): ScenarioOutcome {
  const gaps: string[] = [];
  const ofName = name === undefined ? '' : ` of ${name}`;
  let lost = 0;
  for (const workerId of collector.lost) {
    const own = control.countOwn(workerId, collector.arrivals.nextOf(index, workerId), endedUs);
    if (own === 0) continue;
    lost += own;
    const what = own === 1 ? `1 arrival${ofName} is` : `${own} arrivals${ofName} are`;
    gaps.push(
      `worker ${workerId}: ${what} lost: nobody knows which of them it started before the others took over`,
    );
  }
  const total = collector.arrivals.totalOf(index);
  const report = { ...total, asked: total.asked + lost, lost, maxUsers: control.users };
  return { report, planned: control.countAsked(endedUs), gaps, warnings: describeShortfall(report, ofName) };
}

function addReports(sum: ArrivalReport | undefined, report: ArrivalReport): ArrivalReport {
  if (!sum) return report;
  return {
    asked: sum.asked + report.asked,
    started: sum.started + report.started,
    dropped: sum.dropped + report.dropped,
    left: sum.left + report.left,
    lost: sum.lost + report.lost,
    queuedMost: sum.queuedMost + report.queuedMost,
    maxUsers: sum.maxUsers + report.maxUsers,
  };
}

function describeShortfall({ asked, dropped, left, maxUsers }: ArrivalReport, ofName: string): string[] {
  const warnings: string[] = [];
  // Options of the command line hold for the only scenario; the script decides over those with a name.
  const [more, wait] =
    ofName === '' ? ['--max-users', '--when-busy queue'] : ['maxUsers', "whenBusy: 'queue'"];
  if (dropped > 0) {
    warnings.push(
      `${dropped} of ${asked} arrivals${ofName} were dropped, since ${maxUsers === 1 ? 'the only user was' : `all ${maxUsers} users were`} busy: allow more with ${more}, or let arrivals wait with ${wait}`,
    );
  }
  if (left > 0) {
    warnings.push(
      `${left} of ${asked} arrivals${ofName} still waited for a user when the load ended: ${maxUsers} ${maxUsers === 1 ? 'user is' : 'users are'} too few for this rate`,
    );
  }
  return warnings;
}
