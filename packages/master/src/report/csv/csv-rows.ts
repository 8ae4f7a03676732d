import {
  type EntryReport,
  type ExceptionStatistics,
  type FailureStatistics,
  nameInScenario,
  REPORT_PERCENTILES,
} from '@loadts/core';

/** One cell; times in milliseconds. */
export type Cell = string | number;

const PERCENTILE_COLUMNS = REPORT_PERCENTILES.map((percentile) => `${percentile}%`);

// The names and orders of columns are those of Locust, so that existing readers work: a scenario goes before the name.

export const STATS_COLUMNS: readonly string[] = [
  'Type',
  'Name',
  'Request Count',
  'Failure Count',
  'Median Response Time',
  'Average Response Time',
  'Min Response Time',
  'Max Response Time',
  'Average Content Size',
  'Requests/s',
  'Failures/s',
  ...PERCENTILE_COLUMNS,
];

export const HISTORY_COLUMNS: readonly string[] = [
  'Timestamp',
  'User Count',
  'Type',
  'Name',
  'Requests/s',
  'Failures/s',
  ...PERCENTILE_COLUMNS,
  'Total Request Count',
  'Total Failure Count',
  'Total Median Response Time',
  'Total Average Response Time',
  'Total Min Response Time',
  'Total Max Response Time',
  'Total Average Content Size',
];

export const FAILURE_COLUMNS: readonly string[] = [
  'Method',
  'Name',
  'Error',
  'Occurrences',
  'First Seen',
  'Last Seen',
];

export const EXCEPTION_COLUMNS: readonly string[] = ['Count', 'Message', 'Traceback', 'Nodes'];

export function statsRow(entry: EntryReport): Cell[] {
  return [
    entry.method,
    nameInScenario(entry),
    entry.requests,
    entry.failures,
    round(entry.medianMs),
    round(entry.averageMs),
    round(entry.minMs),
    round(entry.maxMs),
    round(entry.averageBytes),
    round(entry.requestsPerSecond),
    round(entry.failuresPerSecond),
    ...percentileCells(entry),
  ];
}

/** One second of one entry, or of all requests. */
export interface HistoryLine {
  /** Its end, in seconds since 1970. */
  readonly timestamp: number;
  readonly users: number;
  /** What happened in this second alone. */
  readonly second: EntryReport;
  /** What happened until its end. */
  readonly run: EntryReport;
}

export function historyRow({ timestamp, users, second, run }: HistoryLine): Cell[] {
  return [
    timestamp,
    users,
    second.method,
    nameInScenario(second),
    second.requestsPerSecond.toFixed(6),
    second.failuresPerSecond.toFixed(6),
    ...percentileCells(second),
    run.requests,
    run.failures,
    round(run.medianMs),
    round(run.averageMs),
    round(run.minMs),
    round(run.maxMs),
    round(run.averageBytes),
  ];
}

/** @param startedMs when the run started, in milliseconds since 1970 */
export function failureRow(failure: FailureStatistics, startedMs: number): Cell[] {
  const { key, reason, count, firstSecond, lastSecond } = failure;
  const at = (second: number): string => new Date(startedMs + second * 1_000).toISOString();
  return [key.method, nameInScenario(key), reason, count, at(firstSecond), at(lastSecond)];
}

export function exceptionRow({ count, message, stack, workers }: ExceptionStatistics): Cell[] {
  return [count, message, stack, workers.map((id) => `worker ${id}`).join(', ')];
}

function percentileCells({ measured, percentilesMs }: EntryReport): Cell[] {
  return percentilesMs.map((ms) => (measured === 0 ? 'N/A' : round(ms)));
}

/** To whole microseconds: the histogram knows no more. */
function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
