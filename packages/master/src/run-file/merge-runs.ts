import { basename } from 'node:path';
import { parseThresholds, type RunRecord } from '@loadts/core';
import type { RunRecorder } from '../recording/run-recorder.ts';
import { ThresholdGate } from '../run/threshold-gate.ts';
import { refuseDifferentRuns } from './merge-problems.ts';
import { mergeFacts, mergeReasons, mergeStarts } from './merge-reports.ts';
import { MergedSeconds } from './merged-seconds.ts';
import { readRunFile } from './read-run-file.ts';
import { type CreateRecorder, judge, type Replay } from './replay-run.ts';
import { type RunFileSummary, scanRunFile } from './scan-run-file.ts';
import { shiftWorkers } from './shift-workers.ts';

/**
 * One report of several runs, of several machines: second by second since the start of each. Percentiles are those of
 * all requests together, and so thresholds are judged.
 * @throws LoadtsError `RUN_FILE_INVALID`, or `RUN_FILES_DIFFER` with why they cannot be merged
 */
export function mergeRuns(paths: readonly string[], createRecorder: CreateRecorder): Replay {
  const runs = paths.map(scanRunFile);
  refuseDifferentRuns(runs);
  const shifts = runs.map((_, i) => runs.slice(0, i).reduce((sum, { lastWorker }) => sum + lastWorker, 0));
  const start = mergeStarts(runs, shifts);
  const recorder = createRecorder(start);
  recorder.start(Date.parse(start.startedAt), start.workers);
  const gate = new ThresholdGate({
    thresholds: parseThresholds(start.thresholdTexts),
    warmupSeconds: undefined,
    scenarios: [],
  });
  mergeRecords(runs, shifts, { recorder, gate });
  const facts = { ...mergeFacts(runs), thresholds: gate.conclude() };
  const verdict = judge(recorder.resultWith(facts), mergeReasons(runs));
  return { recorder, report: recorder.resultWith({ ...facts, verdict }) };
}

function mergeRecords(
  runs: readonly RunFileSummary[],
  shifts: readonly number[],
  { recorder, gate }: { readonly recorder: RunRecorder; readonly gate: ThresholdGate },
): void {
  const countedFrom = runs[0]?.countedFrom ?? 0;
  const seconds = new MergedSeconds(runs.length, (told) => {
    const delta = { ...told, countedFrom };
    recorder.addSecond(delta);
    if (delta.isWarm) gate.noteTargetReached(delta.second);
    gate.take(delta, delta.isLoad ?? false);
  });
  const readers = runs.map(({ path }) => readRunFile(path));
  for (let run = seconds.next; run !== undefined; run = seconds.next) {
    const read = readers[run]?.next();
    if (!read || read.done) {
      seconds.end(run);
      continue;
    }
    const record = shiftWorkers(read.value, shifts[run] ?? 0);
    if (record.type === 'interval') seconds.add(run, record.delta);
    else if (isPassedOn(record)) recorder.add(nameRun(record, basename(runs[run]?.path ?? '')));
  }
}

type PassedOn = Extract<RunRecord, { readonly type: 'health' | 'worker' | 'event' }>;

function isPassedOn(record: RunRecord): record is PassedOn {
  return record.type === 'health' || record.type === 'worker' || record.type === 'event';
}

function nameRun(record: PassedOn, name: string): PassedOn {
  if (record.type !== 'event') return record;
  return { type: 'event', event: { ...record.event, text: `${name}: ${record.event.text}` } };
}
