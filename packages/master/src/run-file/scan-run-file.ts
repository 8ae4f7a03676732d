import { LoadtsError, type RunRecord, type RunReport, type RunStart } from '@loadts/core';
import { type RunFileDamage, readRunFile } from './read-run-file.ts';

/** What a run file holds, without its seconds. */
export interface RunFileSummary {
  readonly path: string;
  readonly start: RunStart;
  /** Undefined where the master ended without one. */
  readonly report: RunReport | undefined;
  readonly seconds: number;
  /** The first second that counts. */
  readonly countedFrom: number;
  /** The highest id of a worker. */
  readonly lastWorker: number;
  readonly damage: RunFileDamage | undefined;
}

/** Reads a run file once. @throws LoadtsError `RUN_FILE_INVALID` */
export function scanRunFile(path: string): RunFileSummary {
  const records = readRunFile(path);
  const first = records.next();
  if (first.done || first.value.type !== 'start') {
    throw new LoadtsError('RUN_FILE_INVALID', `${path} does not say of which run it is`, {
      hint: 'its master ended before the run began: there is nothing to report',
    });
  }
  const { start } = first.value;
  const found = { report: undefined as RunReport | undefined, seconds: 0, countedFrom: 0, lastWorker: 0 };
  found.lastWorker = Math.max(0, ...start.workers.map(({ id }) => id));
  for (let next = records.next(); ; next = records.next()) {
    if (next.done) return { path, start, ...found, damage: next.value };
    note(found, next.value);
  }
}

function note(
  found: { report: RunReport | undefined; seconds: number; countedFrom: number; lastWorker: number },
  record: RunRecord,
): void {
  if (record.type === 'interval') {
    found.seconds = Math.max(found.seconds, record.delta.second + 1);
    found.countedFrom = record.delta.countedFrom;
  } else if (record.type === 'worker') {
    found.lastWorker = Math.max(found.lastWorker, record.worker.id);
  } else if (record.type === 'end') {
    found.report = record.report;
  }
}

/** What is missing of a run whose master died, in one sentence; undefined where it ended as it should. */
export function describeMissingEnd({ report, seconds, damage }: RunFileSummary): string | undefined {
  if (report) return undefined;
  const end = damage === 'torn' ? ', its last record was cut off' : ', what follows is damaged';
  return `the master ended without a report; numbers up to second ${seconds}${damage ? end : ''}`;
}
