import { countEnded, type EntryCounts } from '../stats/outcome.ts';

/** What a finished run says about itself, twice over. What is not known is left out, and not checked. */
export interface SelfCheckFacts {
  readonly counts: Readonly<EntryCounts>;
  /** What the load was to last, and lasted, in seconds; without the time to stop. */
  readonly plannedSeconds?: number | undefined;
  readonly measuredSeconds: number;
  /** Requests under way, on average over the run. */
  readonly meanInFlight?: number | undefined;
  /** What a request took, on average, in milliseconds. */
  readonly meanResponseMs?: number | undefined;
  /** Starts that a scenario's rate asked for, and what became of them. */
  readonly arrivals?: ArrivalCounts | undefined;
}

export interface ArrivalCounts {
  readonly asked: number;
  readonly started: number;
  /** Not started since no user was free: known and counted, so not missing. */
  readonly dropped: number;
}

/** With fewer requests, those that begin before and end after a moment weigh too much. */
const MIN_REQUESTS = 100;
const IN_FLIGHT_TOLERANCE = 0.1;
const ARRIVAL_TOLERANCE = 0.01;
const DURATION_TOLERANCE = 0.02;

/** One sentence for each way in which the run's numbers contradict each other; none is how it should be. */
export function checkRun(facts: SelfCheckFacts): string[] {
  const checks = [checkClasses, checkInFlight, checkArrivals, checkDuration];
  return checks.flatMap((check) => check(facts) ?? []);
}

/** Each request that was started ended in exactly one way. */
function checkClasses({ counts }: SelfCheckFacts): string | undefined {
  const ended = countEnded(counts);
  if (ended === counts.started) return undefined;
  return `${counts.started} requests were started, but ${ended} ended or were aborted`;
}

/** Little's law: the mean number in flight is the rate times the mean time. Holds for any system. */
function checkInFlight(facts: SelfCheckFacts): string | undefined {
  const { counts, measuredSeconds, meanInFlight, meanResponseMs } = facts;
  if (meanInFlight === undefined || meanResponseMs === undefined || measuredSeconds <= 0) return undefined;
  if (counts.started < MIN_REQUESTS) return undefined;
  const rate = counts.started / measuredSeconds;
  const expected = (rate * meanResponseMs) / 1_000;
  // Users that are about to send, or have just received, make up to one request's difference.
  if (isClose(meanInFlight, expected, { share: IN_FLIGHT_TOLERANCE, least: 1 })) return undefined;
  const product = `${round(rate)}/s of ${round(meanResponseMs)} ms`;
  return `${round(meanInFlight)} requests were in flight on average, but ${product} make ${round(expected)}`;
}

/** As many iterations as the rate asked for, less those that were dropped and are reported as such. */
function checkArrivals({ arrivals }: SelfCheckFacts): string | undefined {
  if (!arrivals) return undefined;
  const { asked, started, dropped } = arrivals;
  if (isClose(started + dropped, asked, { share: ARRIVAL_TOLERANCE, least: 2 })) return undefined;
  const rest = dropped > 0 ? ` and ${dropped} dropped` : '';
  return `the rate asked for ${asked} iterations, but ${started} were started${rest}`;
}

function checkDuration({ plannedSeconds, measuredSeconds }: SelfCheckFacts): string | undefined {
  if (plannedSeconds === undefined) return undefined;
  if (isClose(measuredSeconds, plannedSeconds, { share: DURATION_TOLERANCE, least: 1 })) return undefined;
  return `the load was planned to last ${round(plannedSeconds)} s, but lasted ${round(measuredSeconds)} s`;
}

/** Within a share of what is expected, or within `least` where that is more. */
function isClose(
  value: number,
  expected: number,
  tolerance: { readonly share: number; readonly least: number },
): boolean {
  return Math.abs(value - expected) <= Math.max(tolerance.least, tolerance.share * expected);
}

/** Three digits are enough for a sentence. */
function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
