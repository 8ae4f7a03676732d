import { decideVerdict, type RunFacts, type RunReport } from '@loadts/core';
import type { RunRecorder, RunRecorderOptions } from '../recording/run-recorder.ts';
import { readRunFile } from './read-run-file.ts';
import { describeMissingEnd, scanRunFile } from './scan-run-file.ts';

/** Makes what records a run of which this is known. */
export type CreateRecorder = (facts: RunRecorderOptions['facts']) => RunRecorder;

/** A run that was recorded again, with its report. */
export interface Replay {
  readonly recorder: RunRecorder;
  readonly report: RunReport;
}

/**
 * Records a run again from its file: the report is the one that the run had. Where its master died, it is made of what
 * there is.
 * @throws LoadtsError `RUN_FILE_INVALID`
 */
export function replayRun(path: string, createRecorder: CreateRecorder): Replay {
  const summary = scanRunFile(path);
  const { start } = summary;
  const recorder = createRecorder(start);
  recorder.start(Date.parse(start.startedAt), start.workers);
  for (const record of readRunFile(path)) {
    if (record.type !== 'start' && record.type !== 'end') recorder.add(record);
  }
  const gap = describeMissingEnd(summary);
  const report = summary.report ?? recorder.resultWith({});
  if (gap === undefined) return { recorder, report };
  const gaps = [gap];
  const coverage = { workers: start.workers.length, complete: 0, gaps };
  return { recorder, report: recorder.resultWith({ coverage, verdict: judge(report, { gaps }) }) };
}

/** The verdict over numbers that were put together again. */
export function judge(
  report: Pick<RunReport, 'exceptions' | 'thresholds'> & Pick<RunReport, 'total'>,
  known: {
    readonly gaps: readonly string[];
    readonly errors?: readonly string[];
    readonly overloads?: readonly string[];
  },
): RunFacts['verdict'] {
  const { total, exceptions, thresholds } = report;
  return decideVerdict({
    requests: total.requests,
    failures: total.failures,
    exceptions: exceptions.reduce((sum, { count }) => sum + count, 0),
    scriptErrors: known.errors ?? [],
    gaps: known.gaps,
    overloads: known.overloads ?? [],
    thresholds,
  });
}
