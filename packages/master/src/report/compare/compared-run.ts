import type { RunResult } from '@loadts/core';
import { formatCount, formatDuration } from '../format-number.ts';

/** A result and what it is called, such as its file. */
export interface ComparedRun {
  readonly name: string;
  readonly result: RunResult;
}

/** One line about a run. */
export function describeComparedRun({ result }: ComparedRun): string {
  const { script, startedAt, durationSeconds, peakUsers, coverage, verdict } = result;
  return [
    `${script} at ${startedAt.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC')}`,
    formatDuration(durationSeconds),
    `up to ${formatCount(peakUsers, 'user')}`,
    formatCount(coverage.workers, 'worker'),
    verdict.kind,
  ].join(', ');
}
