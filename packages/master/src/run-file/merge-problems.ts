import { LoadtsError, type RunStart } from '@loadts/core';
import type { RunFileSummary } from './scan-run-file.ts';

/** What all runs of one report must have in common. */
const SHARED: readonly { readonly what: string; readonly read: (run: RunFileSummary) => string }[] = [
  { what: 'the script', read: ({ start }) => `${start.script} (${start.scriptHash.slice(0, 12)})` },
  { what: 'the list of thresholds', read: ({ start }) => start.thresholdTexts.join(', ') || 'none' },
  { what: '--warmup', read: ({ start }) => durationText(start.options['warmupMs']) },
  { what: 'the first second that counts', read: ({ countedFrom }) => `${countedFrom}` },
];

/** @throws LoadtsError `RUN_FILES_DIFFER` with every reason why these runs cannot make one report. */
export function refuseDifferentRuns(runs: readonly RunFileSummary[]): void {
  const problems = [...findDifferences(runs), ...findRepeated(runs), ...findStages(runs)];
  if (problems.length === 0) return;
  throw new LoadtsError('RUN_FILES_DIFFER', `these runs cannot be merged: ${problems.join('; ')}`, {
    hint: 'report each by itself, or merge runs of the same script with the same thresholds and warm-up',
  });
}

function findDifferences([first, ...others]: readonly RunFileSummary[]): string[] {
  if (!first) return [];
  return SHARED.flatMap(({ what, read }) => {
    const other = others.find((run) => read(run) !== read(first));
    if (!other) return [];
    return [`${what} is ${read(first)} in ${first.path}, but ${read(other)} in ${other.path}`];
  });
}

function findRepeated(runs: readonly RunFileSummary[]): string[] {
  return runs.flatMap(({ start, path }, i) => {
    const same = runs.findIndex((run) => run.start.id === start.id);
    return same < i ? [`${path} is the same run as ${runs[same]?.path}`] : [];
  });
}

/** A stage is a part of one run's shape: nobody knows what it means for several. */
function findStages([first]: readonly RunFileSummary[]): string[] {
  const staged = first?.start.thresholdTexts.find((text) => text.includes('stage='));
  return staged === undefined ? [] : [`the threshold ${staged} looks at a stage of one run`];
}

function durationText(value: RunStart['options'][string] | undefined): string {
  return typeof value === 'number' ? `${value} ms` : 'not given';
}
