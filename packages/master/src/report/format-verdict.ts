import type { RunReport, VerdictKind } from '@loadts/core';
import { formatCount, formatMs } from './format-number.ts';
import { printable, wrap } from './printable-text.ts';
import { paint, type ReportStyle, type TextFormat } from './style.ts';

// Below this nobody's conclusions change.
const GENERATOR_DELAY_WORTH_A_NOTE_MS = 5;

// Longer lines are hard to read.
const MAX_PROSE_WIDTH = 100;

const VERDICT_FORMATS: Readonly<Record<VerdictKind, TextFormat>> = {
  pass: 'green',
  fail: 'red',
  invalid: 'yellow',
  incomplete: 'yellow',
};

/** What a reader has to know beside the numbers; no line where there is nothing. */
export function formatNotes(report: RunReport, style: ReportStyle): string[] {
  return [
    ...notes(report).flatMap((note) => formatItem(`Note: ${note}`, style)),
    ...report.warnings.flatMap((warning) => formatItem(`Warning: ${warning}`, style, 'yellow')),
  ];
}

/** The verdict with its reasons, and how complete the numbers are. */
export function formatVerdict(report: RunReport, style: ReportStyle): string[] {
  return [...formatReasons(report, style), ...formatCoverage(report, style)];
}

function notes(report: RunReport): string[] {
  const { aborted, retried, generatorDelayP99Ms, stopReason, skippedSeconds } = report;
  const found: string[] = [];
  if (stopReason !== undefined) found.push(stopReason);
  if (skippedSeconds > 0) {
    found.push(
      `the first ${skippedSeconds} s are not in these numbers: they were reset (--reset-stats, or by hand).`,
    );
  }
  if (aborted > 0) {
    found.push(
      `${formatCount(aborted, 'request was', 'requests were')} cut off when the stop timeout had passed; in no other number here.`,
    );
  }
  if (retried > 0) {
    found.push(
      `${formatCount(retried, 'request was', 'requests were')} sent a second time, since an idle connection had been closed meanwhile.`,
    );
  }
  if (generatorDelayP99Ms > GENERATOR_DELAY_WORTH_A_NOTE_MS) {
    found.push(
      `1 of 100 requests left the load generator ${formatMs(generatorDelayP99Ms)} ms or more after the script ` +
        'asked for it: the generator was busy, and the times above may be too long.',
    );
  }
  return found;
}

function formatCoverage({ coverage, verdict }: RunReport, style: ReportStyle): string[] {
  const { workers, complete, gaps } = coverage;
  const isComplete = complete === workers && gaps.length === 0;
  const line = `${isComplete ? 'complete' : 'incomplete'}: ${complete} of ${formatCount(workers, 'worker')}`;
  const unsaid = gaps.filter((gap) => !verdict.reasons.includes(gap));
  return [
    ...formatItem(`Numbers ${line}`, style, isComplete ? undefined : 'yellow'),
    ...unsaid.flatMap((gap) => formatItem(`- ${gap}`, style, 'yellow')),
  ];
}

function formatReasons({ verdict }: RunReport, style: ReportStyle): string[] {
  const format = VERDICT_FORMATS[verdict.kind];
  const [only, ...others] = verdict.reasons;
  const head = `Verdict: ${verdict.kind.toUpperCase()}`;
  if (only !== undefined && others.length === 0) return formatItem(`${head}, ${only}`, style, format);
  return [
    ...formatItem(head, style, format),
    ...verdict.reasons.flatMap((reason) => formatItem(`- ${reason}`, style, format)),
  ];
}

function formatItem(text: string, style: ReportStyle, format?: TextFormat): string[] {
  return wrap(printable(text), Math.max(20, Math.min(style.width, MAX_PROSE_WIDTH) - 2)).map(
    (line, i) => (i === 0 ? '' : '  ') + paint(style, format, line),
  );
}
