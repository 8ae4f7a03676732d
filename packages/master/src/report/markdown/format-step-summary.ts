import type { EntryReport, RunResult, ThresholdResult, VerdictKind } from '@loadts/core';
import { formatCount, formatDuration, formatMs, formatPercent, formatRate } from '../format-number.ts';
import { markdownTable, markdownText } from './markdown-text.ts';

/** A page of a build has room for so much. */
const MAX_ENTRIES = 20;
const MAX_KINDS = 10;

const MARKS: Readonly<Record<VerdictKind, string>> = {
  pass: '✅ passed',
  fail: '❌ failed',
  invalid: '⚠️ invalid',
  incomplete: '⚠️ incomplete',
};

/** The result in Markdown, for the page of a build: the verdict, thresholds, busiest entries and failures. */
export function formatStepSummary(result: RunResult): string {
  const sections = [
    [`## loadts: ${MARKS[result.verdict.kind]}`, '', describeRun(result)],
    result.verdict.reasons.slice(0, MAX_KINDS).map((reason) => `- ${markdownText(reason)}`),
    formatThresholds(result.thresholds),
    formatEntries(result),
    formatFailures(result),
    result.warnings.map((warning) => `> ⚠️ ${markdownText(warning)}`),
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${texts.join('\n\n')}\n\n`;
}

function describeRun({ script, host, durationSeconds, peakUsers, coverage, total }: RunResult): string {
  const target = host === undefined ? '' : ` against ${markdownText(host)}`;
  return [
    `**${markdownText(script)}**${target}`,
    formatDuration(durationSeconds),
    `up to ${formatCount(peakUsers, 'user')}`,
    `${coverage.complete} of ${formatCount(coverage.workers, 'worker')} complete`,
    `${formatCount(total.requests, 'request')}, ${formatPercent(total.failures, total.requests)} failed`,
  ].join(' · ');
}

function formatThresholds(thresholds: readonly ThresholdResult[]): string[] {
  if (thresholds.length === 0) return [];
  const rows = thresholds.map(({ threshold, passed, reason }) => [
    passed ? '✅' : '❌',
    markdownText(threshold),
    markdownText(reason),
  ]);
  return markdownTable(['', 'Threshold', 'Observed'], rows, 3);
}

function formatEntries({ entries, total }: RunResult): string[] {
  if (total.requests === 0) return ['No request came to its end.'];
  const busiest = entries.toSorted((a, b) => b.requests - a.requests).slice(0, MAX_ENTRIES);
  const rest = entries.length - busiest.length;
  const titles = ['Requests', '#', 'failed', 'req/s', 'avg', 'p50', 'p95', 'p99', 'max'];
  const rows = [...busiest.map((entry) => entryRow(entry)), entryRow(total, '**all**')];
  return [
    ...markdownTable(titles, rows),
    '',
    `Times in milliseconds.${rest > 0 ? ` ${formatCount(rest, 'more entry', 'more entries')} not shown.` : ''}`,
  ];
}

function entryRow(entry: EntryReport, title = markdownText(`${entry.method} ${entry.name}`)): string[] {
  const { requests, failures, requestsPerSecond, averageMs, percentilesMs, maxMs, measured } = entry;
  const [median, , , , , p95, , p99] = percentilesMs as [number, ...number[]];
  const times = [averageMs, median, p95 as number, p99 as number, maxMs];
  return [
    title,
    String(requests),
    `${failures} (${formatPercent(failures, requests)})`,
    formatRate(requestsPerSecond),
    ...times.map((ms) => (measured > 0 ? formatMs(ms) : '–')),
  ];
}

function formatFailures({ failures, exceptions }: RunResult): string[] {
  const all = [
    ...failures.map(({ key, reason, count }) => ({ count, text: `${key.method} ${key.name}: ${reason}` })),
    ...exceptions.map(({ userClass, task, message, count }) => ({
      count,
      text: `${userClass}.${task} threw ${message}`,
    })),
  ];
  if (all.length === 0) return [];
  const shown = all.slice(0, MAX_KINDS).map(({ count, text }) => [markdownText(text), String(count)]);
  const rest = all.length - shown.length;
  return [
    '<details><summary>Failures</summary>',
    '',
    ...markdownTable(['Failure', '#'], shown),
    ...(rest > 0 ? ['', `and ${rest} more kinds`] : []),
    '',
    '</details>',
  ];
}
