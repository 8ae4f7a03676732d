import {
  checkRun,
  countFailures,
  countRequests,
  createRunReport,
  decideVerdict,
  type RunFacts,
  type RunReport,
  reportDrift,
  type SelfCheckFacts,
  type ThresholdResult,
} from '@loadts/core';
import type { Collector } from '../statistics/collector.ts';
import { type ArrivalOutcome, concludeArrivals, type SteeredScenario } from './conclude-arrivals.ts';
import { describeWarnings, type WorkerPeak } from './describe-warnings.ts';
import type { RunSettings } from './run-settings.ts';

const SECOND_US = 1_000_000;

/** What is known of a run when it is over. */
export interface RunOutcome
  extends Pick<RunFacts, 'startedAt' | 'durationSeconds' | 'peakUsers' | 'stopReason'> {
  readonly settings: RunSettings;
  /** When the load had ended, in microseconds since time zero. */
  readonly loadUs: number;
  /** By index. */
  readonly scenarios: readonly SteeredScenario[];
  readonly collector: Collector;
  readonly thresholds: readonly ThresholdResult[];
  /** The first second after the warm-up; undefined where the load never was complete. */
  readonly warmFrom: number | undefined;
  readonly peaks: readonly WorkerPeak[];
  /** One sentence for each worker that was the limit itself. */
  readonly overloads: readonly string[];
  /** What the script itself did wrong on the master. */
  readonly scriptErrors: readonly string[];
  /** One sentence for each lease of iterations or rows that was lost with its worker. */
  readonly lostLeases: readonly string[];
  /** One sentence each about workers that came late or left. */
  readonly notes: readonly string[];
  /** Whether a limited run ended before all of its iterations had begun. */
  readonly endedEarly: boolean;
}

/** The report of a finished run, with the verdict. */
export function concludeRun(outcome: RunOutcome): RunReport {
  const { settings, collector, peaks, scriptErrors } = outcome;
  const { statistics } = collector;
  const arrivals = concludeArrivals(outcome.scenarios, collector, outcome.loadUs);
  const gaps = [...collector.coverage.gaps, ...outcome.lostLeases, ...arrivals.gaps];
  const warnings = describeWarnings(statistics, peaks, settings.maxEntries);
  const overloads = settings.overloadIsInvalid ? outcome.overloads : [];
  if (!settings.overloadIsInvalid) warnings.push(...outcome.overloads);
  warnings.push(...outcome.notes, ...collector.notes);
  if (outcome.endedEarly) {
    warnings.push(`the run ended before all of its ${settings.iterations} iterations had begun`);
  }
  const { counts } = statistics.total;
  warnings.push(...arrivals.warnings);
  if (gaps.length === 0) warnings.push(...checkOutcome(outcome, arrivals));
  return createRunReport(statistics, {
    script: settings.script,
    host: settings.host,
    startedAt: outcome.startedAt,
    durationSeconds: outcome.durationSeconds,
    seed: settings.seed,
    peakUsers: arrivals.report ? collector.mostUsers : outcome.peakUsers,
    arrivals: arrivals.report,
    ...(arrivals.scenarios.length > 0 && { scenarios: arrivals.scenarios }),
    stopReason: outcome.stopReason,
    skippedSeconds: Math.min(collector.countedFrom, outcome.durationSeconds),
    thresholds: outcome.thresholds,
    drift: concludeDrift(outcome),
    coverage: { ...collector.coverage, gaps },
    warnings,
    verdict: decideVerdict({
      requests: countRequests(counts),
      failures: countFailures(counts),
      exceptions: statistics.exceptions.reduce((total, { count }) => total + count, 0),
      scriptErrors,
      gaps,
      overloads,
      thresholds: outcome.thresholds,
    }),
  });
}

/** Where nobody knows when the load was complete, or it was to change, there is no drift. */
function concludeDrift({ settings, collector, loadUs, warmFrom }: RunOutcome): RunReport['drift'] {
  const stages = settings.scenarios.map(({ arrivals }) => arrivals?.stages);
  const isSteady = stages.every((all = []) => {
    return all.length < 2 && all.every(({ startRate, endRate }) => startRate === endRate);
  });
  const isOpen = stages.some((all) => all !== undefined);
  // Of several scenarios nobody can tell the load of an open one from the users.
  if (warmFrom === undefined || !isSteady || (isOpen && stages.length > 1)) return undefined;
  const endSecond = Math.floor(loadUs / 1_000_000);
  return reportDrift(collector.history.points, { fromSecond: warmFrom, endSecond, isOpen });
}

/** One sentence for each way in which the numbers of a complete run contradict each other. */
function checkOutcome({ settings, collector, loadUs }: RunOutcome, arrivals: ArrivalOutcome): string[] {
  // A request that began before the first second that counts, and ended after it, is no contradiction.
  if (collector.countedFrom > 0) return [];
  const { runTimeMs } = settings;
  const { total } = collector.statistics;
  const measuredSeconds = loadUs / SECOND_US;
  const isPlanned = runTimeMs !== undefined && loadUs >= runTimeMs * 1_000;
  const found = checkRun({
    counts: total.counts,
    plannedSeconds: isPlanned ? runTimeMs / 1_000 : undefined,
    measuredSeconds,
    ...readInFlight(collector, measuredSeconds),
    arrivals: arrivals.report && {
      asked: arrivals.planned,
      started: arrivals.report.started,
      dropped: arrivals.report.dropped + arrivals.report.left,
    },
  });
  return found.map((problem) => `the numbers contradict each other: ${problem}`);
}

/** For Little's law; nothing where requests have ended without a measured time, which the mean would lack. */
function readInFlight(
  { statistics, inFlightUs }: Collector,
  measuredSeconds: number,
): Pick<SelfCheckFacts, 'meanInFlight' | 'meanResponseMs'> {
  const { counts, latency, service } = statistics.total;
  if (latency.count === 0 || latency.count !== counts.started || measuredSeconds === 0) return {};
  // In an open run a request is under way from its call on, after its arrival and before it is sent.
  const least = service.count > 0 ? service.meanUs : latency.meanUs;
  const meanUs = Math.min(latency.meanUs, Math.max(least, inFlightUs / latency.count));
  return { meanInFlight: inFlightUs / SECOND_US / measuredSeconds, meanResponseMs: meanUs / 1_000 };
}
