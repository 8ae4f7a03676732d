import type { DriftReport } from '../drift/drift-report.ts';
import type { LatencyHistogram } from '../stats/latency-histogram.ts';
import { countFailures, countRequests } from '../stats/outcome.ts';
import type {
  EntryStatistics,
  ExceptionStatistics,
  FailureStatistics,
  RunStatistics,
} from '../stats/run-statistics.ts';
import { STREAM_TIMES } from '../stream/stream-time.ts';
import type { ThresholdResult } from '../threshold/threshold-watch.ts';
import type { Verdict } from './verdict.ts';

/** The percentiles of every report. */
export const REPORT_PERCENTILES = [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100] as const;

/** Times in milliseconds. */
export interface TimeReport {
  readonly averageMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly medianMs: number;
  /** One value for each of `REPORT_PERCENTILES`. */
  readonly percentilesMs: readonly number[];
  readonly measured: number;
}

/** What became of the iterations that a rate asked for. */
export interface ArrivalReport {
  readonly asked: number;
  readonly started: number;
  /** No user was free. */
  readonly dropped: number;
  /** Still without a user when the load ended. */
  readonly left: number;
  /** Of workers that were lost: some of them may have started. */
  readonly lost: number;
  /** The most that waited for a user at once, summed over the workers. */
  readonly queuedMost: number;
  readonly maxUsers: number;
}

/** One line of the tables. Times in milliseconds; 0 where nothing was measured. */
export interface EntryReport {
  /** Where the script names its scenarios. */
  readonly scenario?: string | undefined;
  readonly method: string;
  readonly name: string;
  readonly requests: number;
  readonly failures: number;
  readonly averageMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly medianMs: number;
  /** One value for each of `REPORT_PERCENTILES`. */
  readonly percentilesMs: readonly number[];
  /** Requests with a measured time; without connection errors. */
  readonly measured: number;
  readonly averageBytes: number;
  readonly requestsPerSecond: number;
  readonly failuresPerSecond: number;
  /** From sending to the end; the other times count from the arrival. In open scenarios only. */
  readonly service?: TimeReport;
  /** From sending to the first byte of the answer: where it was measured. */
  readonly ttfb?: TimeReport;
}

/** What the streams of an entry measured; a time that nothing was measured of is absent. */
export interface StreamReport {
  /** Where the script names its scenarios. */
  readonly scenario?: string | undefined;
  readonly method: string;
  readonly name: string;
  /** From the call to the first event. */
  readonly firstEvent?: TimeReport;
  /** Between two events. */
  readonly gap?: TimeReport;
  /** The mean time per event after the first, one value for each stream. */
  readonly perEvent?: TimeReport;
  readonly events: number;
  readonly eventsPerSecond: number;
}

/** What is known of one of several scenarios. */
export interface ScenarioReport {
  readonly name: string;
  /** Seconds since the run's start at which it began. */
  readonly startSecond: number;
  /** Seconds since the run's start at which its load ended. */
  readonly endSecond: number;
  /** Most users that were running at once; absent where they come with arrivals. */
  readonly peakUsers?: number | undefined;
  /** All of its requests; the rates are means over the time between. */
  readonly total: EntryReport;
  /** Where iterations begin at a rate. */
  readonly arrivals?: ArrivalReport | undefined;
}

/** How complete the collected numbers are. */
export interface Coverage {
  readonly workers: number;
  readonly complete: number;
  /** One sentence for each thing that is missing. */
  readonly gaps: readonly string[];
}

/** Everything that a report shows of a finished run. */
export interface RunReport {
  readonly script: string;
  readonly host: string | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly seed: number;
  /** Most users that were running at once. */
  readonly peakUsers: number;
  /** One sentence, where a user or a threshold ended the run. */
  readonly stopReason?: string | undefined;
  /** Seconds at the beginning that are in no number but the series. */
  readonly skippedSeconds: number;
  readonly thresholds: readonly ThresholdResult[];
  readonly total: EntryReport;
  readonly entries: readonly EntryReport[];
  /** Of entries with streamed events. */
  readonly streams?: readonly StreamReport[];
  readonly failures: readonly FailureStatistics[];
  readonly exceptions: readonly ExceptionStatistics[];
  /** Requests cut off when the stop timeout had passed; in no other count. */
  readonly aborted: number;
  readonly retried: number;
  readonly generatorDelayP99Ms: number;
  /** Of all open scenarios. */
  readonly arrivals?: ArrivalReport | undefined;
  /** Where the load was the same for long enough. */
  readonly drift?: DriftReport | undefined;
  /** Where the script names its scenarios, in its order. */
  readonly scenarios?: readonly ScenarioReport[] | undefined;
  readonly coverage: Coverage;
  readonly warnings: readonly string[];
  readonly verdict: Verdict;
}

/** What the statistics do not know. */
export type RunFacts = Pick<
  RunReport,
  | 'script'
  | 'host'
  | 'startedAt'
  | 'durationSeconds'
  | 'seed'
  | 'peakUsers'
  | 'stopReason'
  | 'skippedSeconds'
  | 'thresholds'
  | 'arrivals'
  | 'drift'
  | 'coverage'
  | 'warnings'
  | 'verdict'
> & { readonly scenarios?: readonly Omit<ScenarioReport, 'total'>[] | undefined };

export function createRunReport(statistics: RunStatistics, facts: RunFacts): RunReport {
  const seconds = facts.durationSeconds - facts.skippedSeconds;
  const { scenarios, ...others } = facts;
  return {
    ...others,
    ...(scenarios && {
      scenarios: scenarios.map((scenario) => ({
        ...scenario,
        total: reportEntry(
          statistics.totalOf(scenario.name),
          scenario.endSecond - Math.max(scenario.startSecond, facts.skippedSeconds),
        ),
      })),
    }),
    total: reportEntry(statistics.total, seconds),
    entries: statistics.entries.map((entry) => reportEntry(entry, seconds)),
    ...reportStreams(statistics, seconds),
    failures: statistics.failures,
    exceptions: statistics.exceptions,
    aborted: statistics.total.counts.aborted,
    retried: statistics.total.counts.retried,
    generatorDelayP99Ms: percentilesMs(statistics.generatorDelay, [99])[0] as number,
  };
}

/** One entry's line; rates are means over `seconds`. */
export function reportEntry(entry: EntryStatistics, seconds: number): EntryReport {
  const { key, counts, latency } = entry;
  const requests = countRequests(counts);
  const failures = countFailures(counts);
  const perSecond = (count: number): number => (seconds > 0 ? count / seconds : 0);
  return {
    ...(key.scenario !== undefined && { scenario: key.scenario }),
    method: key.method,
    name: key.name,
    requests,
    failures,
    ...reportTimes(latency),
    averageBytes: requests > 0 ? counts.bytesReceived / requests : 0,
    requestsPerSecond: perSecond(requests),
    failuresPerSecond: perSecond(failures),
    ...(entry.service.count > 0 && { service: reportTimes(entry.service) }),
    ...(entry.ttfb.count > 0 && { ttfb: reportTimes(entry.ttfb) }),
  };
}

/** Nothing where there were no streams. */
function reportStreams(statistics: RunStatistics, seconds: number): Pick<RunReport, 'streams'> {
  const streams = statistics.entries.flatMap(({ key }): StreamReport[] => {
    const [first, gap, perEvent] = STREAM_TIMES.map((time) => statistics.streamTime(time, key));
    if (!first) return [];
    const events = first.count + (gap?.count ?? 0);
    return [
      {
        ...key,
        firstEvent: reportTimes(first),
        ...(gap && { gap: reportTimes(gap) }),
        ...(perEvent && { perEvent: reportTimes(perEvent) }),
        events,
        eventsPerSecond: seconds > 0 ? events / seconds : 0,
      },
    ];
  });
  return streams.length === 0 ? {} : { streams };
}

function reportTimes(histogram: LatencyHistogram): TimeReport {
  const percentiles = percentilesMs(histogram, REPORT_PERCENTILES);
  return {
    averageMs: histogram.meanUs / 1_000,
    minMs: histogram.minUs / 1_000,
    maxMs: histogram.maxUs / 1_000,
    medianMs: percentiles[0] as number,
    percentilesMs: percentiles,
    measured: histogram.count,
  };
}

function percentilesMs(histogram: LatencyHistogram, percentiles: readonly number[]): number[] {
  return histogram.percentilesUs(percentiles).map((valueUs) => valueUs / 1_000);
}
