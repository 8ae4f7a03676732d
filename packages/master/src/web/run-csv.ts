import type { RunResult } from '@loadts/core';
import {
  EXCEPTION_COLUMNS,
  exceptionRow,
  FAILURE_COLUMNS,
  failureRow,
  HISTORY_COLUMNS,
  STATS_COLUMNS,
  statsRow,
} from '../report/csv/csv-rows.ts';
import { formatCsv } from '../report/csv/format-csv.ts';
import { HistoryCsv } from '../report/csv/history-csv.ts';
import { readRunFile } from '../run-file/read-run-file.ts';
import type { RunDownload } from './web-backend.ts';
import { WebError } from './web-error.ts';

const KINDS = {
  stats: ({ entries, total }: RunResult) => formatCsv([STATS_COLUMNS, ...[...entries, total].map(statsRow)]),
  failures: ({ failures, startedAt }: RunResult) => {
    const startedMs = Date.parse(startedAt);
    return formatCsv([FAILURE_COLUMNS, ...failures.map((failure) => failureRow(failure, startedMs))]);
  },
  exceptions: ({ exceptions }: RunResult) => formatCsv([EXCEPTION_COLUMNS, ...exceptions.map(exceptionRow)]),
} as const;

/** The names of the CSV files of a run, as in `GET /api/v1/runs/ID/csv/KIND`. */
export const CSV_KINDS: readonly string[] = [...Object.keys(KINDS), 'stats_history'];

/** One of the files that `--csv` writes. @throws WebError `NOT_FOUND` */
export function createRunCsv(run: RunDownload, kind: string): string {
  if (Object.hasOwn(KINDS, kind)) return KINDS[kind as keyof typeof KINDS](run.result());
  if (kind !== 'stats_history') {
    throw new WebError(
      'NOT_FOUND',
      `there is no CSV file ${JSON.stringify(kind)}`,
      `use ${CSV_KINDS.join(', ')}`,
    );
  }
  if (run.runFile !== undefined) return readHistory(run.runFile);
  const hint = 'start loadts without --no-run-file: the history is made of the run file';
  throw new WebError('NOT_FOUND', 'this run has no history', hint);
}

/** Second by second: only the run file has all of them. */
function readHistory(path: string): string {
  const history = new HistoryCsv(false);
  let startedMs = 0;
  const rows = [];
  for (const record of readRunFile(path)) {
    if (record.type === 'start') startedMs = Date.parse(record.start.startedAt);
    else if (record.type === 'interval') rows.push(...history.rowsOf(record.delta, startedMs));
  }
  return formatCsv([HISTORY_COLUMNS, ...rows]);
}
