import { type ArrivalDelta, addArrivals } from '../arrival/arrival-delta.ts';
import type { RunEvent } from '../run/run-event.ts';
import { createRunReport, type EntryReport, type RunFacts, type RunReport } from '../run/run-report.ts';
import { type EntryStatistics, entryId, RunStatistics } from '../stats/run-statistics.ts';
import type { SecondDelta } from '../stats/second-delta.ts';
import { EntryHistories } from './entry-histories.ts';
import { histogramToJson } from './histogram-json.ts';
import { RecordedScenarios } from './recorded-scenarios.ts';
import type { RunRecord } from './run-record.ts';
import {
  type EntryResult,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunResult,
  type RunStart,
  type WorkerFacts,
} from './run-result.ts';
import { TotalHistory } from './total-history.ts';
import { WorkerHistories } from './worker-histories.ts';

const MOST_EVENTS = 1_000;

/**
 * A run as it was recorded, from which every output is made: during the run, at its end, and again from a run file. Its
 * memory does not grow with the length of the run.
 */
export class RunRecording {
  readonly start: RunStart;
  readonly #workers: WorkerFacts[];
  readonly #total = new TotalHistory();
  readonly #entries = new EntryHistories();
  readonly #scenarios = new RecordedScenarios();
  readonly #health: WorkerHistories;
  readonly #events: RunEvent[] = [];
  #statistics = new RunStatistics();
  #countedFrom = 0;
  /** The first second after the warm-up, and the end of the last one before the stop. */
  #warmFrom: number | undefined;
  #loadEnd = 0;
  #arrivals: ArrivalDelta | undefined;
  #thresholds: RunReport['thresholds'] = [];
  #report: RunReport | undefined;

  constructor(start: RunStart) {
    this.start = start;
    this.#workers = [...start.workers];
    this.#health = new WorkerHistories(start.workers.length);
  }

  /** Seconds of which something was recorded. */
  get seconds(): number {
    return this.#total.seconds;
  }

  /** Whether the run has come to its end. */
  get isComplete(): boolean {
    return this.#report !== undefined;
  }

  add(record: Exclude<RunRecord, { type: 'start' }>): void {
    switch (record.type) {
      case 'interval':
        return this.#addSecond(record.delta);
      case 'thresholds':
        this.#thresholds = record.results;
        return;
      case 'health':
        return this.#health.add(record.health);
      case 'worker':
        return void this.#workers.push(record.worker);
      case 'event':
        return this.#addEvent(record.event);
      case 'end':
        this.#report = record.report;
    }
  }

  /**
   * All that is known by now.
   * @param facts what the records of a run that has not ended do not tell
   */
  result(facts: Partial<RunFacts> = {}): RunResult {
    const report = this.#report ?? this.soFar({ drift: this.#drift(), ...facts });
    const known = new Map(this.#statistics.entries.map((entry) => [entryId(entry.key), entry]));
    const { seconds } = this;
    return {
      format: RESULT_FORMAT,
      version: RESULT_VERSION,
      ...this.start,
      ...report,
      workers: this.#workers,
      total: describeEntry(report.total, this.#statistics.total),
      entries: report.entries.map((entry) => describeEntry(entry, known.get(entryId(entry)))),
      generatorDelay: histogramToJson(this.#statistics.generatorDelay),
      series: { ...this.#total.toJson(), entries: this.#entries.toJson(seconds) },
      workerSeries: this.#health.toJson(seconds),
      events: [...this.#events],
    };
  }

  #addSecond(delta: SecondDelta): void {
    const { second, entries, countedFrom, isWarm, isLoad } = delta;
    if (isWarm) this.#warmFrom = Math.min(this.#warmFrom ?? second, second);
    if (isLoad) this.#loadEnd = Math.max(this.#loadEnd, second + 1);
    if (countedFrom !== this.#countedFrom) {
      this.#countedFrom = countedFrom;
      this.#statistics = new RunStatistics();
    }
    // What does not count is in the series only.
    const statistics = second >= countedFrom ? this.#statistics : new RunStatistics();
    const { latency } = statistics.add(entries);
    statistics.addStreamTimes(delta.aggregates);
    if (delta.arrivals) this.#arrivals = addArrivals(this.#arrivals, delta.arrivals);
    this.#total.add(delta, latency);
    this.#entries.add(second, entries);
    this.#scenarios.add(delta);
    statistics.generatorDelay.merge(delta.generatorDelay);
    for (const failure of delta.failures) statistics.addFailure(failure, second);
    for (const { workers, ...exception } of delta.exceptions) {
      workers.forEach((workerId, i) => {
        // Each worker is named; the count is that of all of them.
        statistics.addException(i === 0 ? exception : { ...exception, count: 0 }, workerId);
      });
    }
  }

  #drift(): RunReport['drift'] {
    return this.#warmFrom === undefined ? undefined : this.#total.drift(this.#warmFrom, this.#loadEnd);
  }

  #addEvent(event: RunEvent): void {
    if (this.#events.length < MOST_EVENTS) this.#events.push(event);
    else if (this.#events.length === MOST_EVENTS) {
      this.#events.push({ second: event.second, kind: 'note', text: 'further events are left out' });
    }
  }

  /** The numbers by now, without histograms and series: quick enough for every second. */
  soFar(facts: Partial<RunFacts> = {}): RunReport {
    const { script, host, startedAt, seed, workers } = this.start;
    const { seconds } = this;
    const scenarios = this.#scenarios.facts;
    return createRunReport(this.#statistics, {
      script,
      host,
      startedAt,
      seed,
      durationSeconds: seconds,
      peakUsers: this.#total.mostUsers,
      skippedSeconds: Math.min(this.#countedFrom, seconds),
      thresholds: this.#thresholds,
      // What was lost with a worker, only the run itself can tell; its limit of users neither.
      ...(scenarios.length > 0 && { scenarios }),
      arrivals: this.#arrivals && { ...this.#arrivals, lost: 0, maxUsers: this.#total.mostUsers },
      coverage: { workers: workers.length, complete: 0, gaps: [] },
      warnings: [],
      verdict: { kind: 'incomplete', reasons: [`the run has not ended; numbers up to second ${seconds}`] },
      ...facts,
    });
  }
}

function describeEntry(report: EntryReport, entry: EntryStatistics = new RunStatistics().total): EntryResult {
  const { counts, latency, service, ttfb } = entry;
  return {
    ...report,
    counts: { ...counts },
    latency: histogramToJson(latency),
    ...(service.count > 0 && { serviceLatency: histogramToJson(service) }),
    ...(ttfb.count > 0 && { ttfbLatency: histogramToJson(ttfb) }),
  };
}
