import type { EntryReport, RunReport, TimeReport } from '@loadts/core';
import { chooseEntries, describeLeftOut } from './choose-entries.ts';
import { formatArrivals } from './format-arrivals.ts';
import { formatDrift } from './format-drift.ts';
import { formatBytes, formatCount, formatDuration } from './format-number.ts';
import { formatExceptions, formatFailures } from './format-problems.ts';
import { formatScenarios } from './format-scenarios.ts';
import { formatSlowest } from './format-slowest.ts';
import { formatThresholds } from './format-thresholds.ts';
import { formatNotes, formatVerdict } from './format-verdict.ts';
import { hasWeakPercentile, percentileTable, WEAK_PERCENTILE_NOTE } from './percentile-table.ts';
import { printable, wrap } from './printable-text.ts';
import { statisticsTable } from './statistics-table.ts';
import { streamTable } from './stream-table.ts';
import { paint, type ReportStyle } from './style.ts';
import { formatTable } from './text-table.ts';

/** The difference between the two latencies of an open scenario. */
const SERVICE_NOTE =
  'Service time runs from sending to the end of the answer; response time, in all other numbers, from the ' +
  'moment at which the schedule wanted the request, so it includes the wait for a free user.';

/** The report at the end of a run, without a final line break. Its first line is the verdict. */
export function formatSummary(report: RunReport, style: ReportStyle): string {
  const entries = chooseEntries(report.entries);
  const sections = [
    formatVerdict(report, style),
    withTitle('Thresholds', formatThresholds(report.thresholds, style), style),
    [...formatFacts(report, style), ...formatArrivals(report, style)],
    formatScenarios(report, style),
    formatStatistics(report, entries, style),
    formatPercentiles({ ...report, entries }, style),
    formatService({ ...report, entries }, style),
    formatTtfb({ ...report, entries }, style),
    formatStreams(report, style),
    formatDrift(report, style),
    withTitle('Slowest, by p95', formatSlowest(report.entries, style), style),
    withTitle('Failed requests', formatFailures(report.failures, style), style),
    withTitle('Exceptions in the script', formatExceptions(report.exceptions, style), style),
    formatNotes(report, style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function formatFacts(report: RunReport, style: ReportStyle): string[] {
  const { total, coverage } = report;
  const what = report.host === undefined ? report.script : `${report.script} against ${report.host}`;
  const facts = [
    `${formatDuration(report.durationSeconds)} from ${report.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}`,
    `${formatCount(coverage.workers, 'worker')}`,
    `up to ${formatCount(report.peakUsers, 'user')}`,
    `${formatBytes(total.averageBytes * total.requests)} received`,
    `seed ${report.seed}`,
  ].join(', ');
  return [
    ...wrap(printable(what), style.width).map((line) => paint(style, 'bold', line)),
    ...wrap(printable(facts), style.width),
  ];
}

function formatStatistics(report: RunReport, entries: readonly EntryReport[], style: ReportStyle): string[] {
  if (report.total.requests === 0) {
    return [report.aborted === 0 ? 'No request was made.' : 'No request came to its end.'];
  }
  const { lines, dropped } = formatTable(statisticsTable(entries, report.total), style);
  const left = describeLeftOut(report.entries, entries);
  const notes = left === undefined ? [] : wrap(left, style.width);
  return withTitle(
    'Requests, times in milliseconds',
    [...lines, ...notes.map((line) => paint(style, 'dim', line)), ...formatDropped(dropped, style)],
    style,
  );
}

function formatPercentiles({ entries, total }: RunReport, style: ReportStyle): string[] {
  return formatPercentileTable('Response time percentiles, in milliseconds', entries, total, style);
}

/** What requests took once they were sent: in open scenarios, where that is not all. */
function formatService(report: RunReport, style: ReportStyle): string[] {
  if (!report.total.service) return [];
  const entries = report.entries.map((entry) => withTimes(entry, entry.service));
  const title = 'Service time percentiles, in milliseconds';
  return [
    ...formatPercentileTable(title, entries, withTimes(report.total, report.total.service), style),
    ...wrap(SERVICE_NOTE, Math.min(style.width, 100)).map((line) => paint(style, 'dim', line)),
  ];
}

/** When the events of streams came: beside the times of their requests, which end with the stream. */
function formatStreams({ streams = [] }: RunReport, style: ReportStyle): string[] {
  if (streams.length === 0) return [];
  const { lines, dropped } = formatTable(streamTable(streams), style);
  return withTitle(
    'Events of streams, times in milliseconds',
    [...lines, ...formatDropped(dropped, style)],
    style,
  );
}

/** Where somebody asked for it, or streamed. */
function formatTtfb(report: RunReport, style: ReportStyle): string[] {
  if (!report.total.ttfb) return [];
  const ofTtfb = (entry: EntryReport): EntryReport => withTimes(entry, entry.ttfb);
  const title = 'Time to first byte percentiles, in milliseconds';
  return formatPercentileTable(title, report.entries.map(ofTtfb), ofTtfb(report.total), style);
}

/** The entry with these times in place of the response times, and the requests that have them in place of all. */
function withTimes(entry: EntryReport, times: TimeReport | undefined): EntryReport {
  return times ? { ...entry, ...times, requests: times.measured } : { ...entry, measured: 0, requests: 0 };
}

function formatPercentileTable(
  title: string,
  entries: readonly EntryReport[],
  total: EntryReport,
  style: ReportStyle,
): string[] {
  if (total.measured === 0) return [];
  const { lines, dropped } = formatTable(percentileTable(entries, total), style);
  const footnotes = hasWeakPercentile([...entries, total], dropped)
    ? wrap(WEAK_PERCENTILE_NOTE, style.width)
    : [];
  return withTitle(
    title,
    [...lines, ...footnotes.map((line) => paint(style, 'dim', line)), ...formatDropped(dropped, style)],
    style,
  );
}

function formatDropped(titles: readonly string[], style: ReportStyle): string[] {
  if (titles.length === 0) return [];
  return wrap(`not shown in ${style.width} columns: ${titles.join(', ')}`, style.width).map((line) =>
    paint(style, 'dim', line),
  );
}

function withTitle(title: string, lines: readonly string[], style: ReportStyle): string[] {
  return lines.length === 0 ? [] : [paint(style, 'bold', title), ...lines];
}
