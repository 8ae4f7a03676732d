import type { LevelMeasurement, SearchBy, SearchResult } from '@loadts/core';
import { formatMs, formatPercent, formatRate } from '../format-number.ts';
import { printable, wrap } from '../printable-text.ts';
import { paint, type ReportStyle } from '../style.ts';
import type { TableColumn } from '../table-layout.ts';
import { formatTable, type TableCell } from '../text-table.ts';
import { describeSearch, formatLoad } from './describe-search.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'Load', align: 'right' },
  { title: 'Result', align: 'left' },
  { title: 'req/s', align: 'decimal', startsGroup: true },
  { title: 'errors', align: 'right' },
  { title: '50%', align: 'decimal' },
  { title: '95%', align: 'decimal' },
  { title: '99%', align: 'decimal' },
  { title: 'req/s, drawn', align: 'left', startsGroup: true, dropOrder: 10 },
];
const BAR_WIDTH = 30;

/** What a search found: the ceiling, how sure it is, and the curve of throughput and times over the load. */
export function formatSearch(result: SearchResult, style: ReportStyle): string {
  const { script, host, objectives, levels } = result;
  const what = `${script}${host === undefined ? '' : ` against ${host}`}: ${objectives.join(', ')}`;
  const lines = [
    ...wrap(printable(what), style.width).map((line) => paint(style, 'bold', line)),
    ...(levels.length === 0 ? [] : ['', ...formatCurve(result, style)]),
    '',
    ...describeSearch(result).flatMap((line) => wrap(printable(line), style.width)),
  ];
  return lines.join('\n');
}

/** One level in one line, for those who wait. */
export function formatLevel(measurement: LevelMeasurement, by: SearchBy): string {
  const { level, outcome, requestsPerSecond, p95Ms, reason } = measurement;
  const times = p95Ms === null ? '' : `, p95 ${formatMs(p95Ms)} ms`;
  const why = reason === undefined ? '' : `: ${reason}`;
  return printable(
    `${formatLoad(level, by)}  ${outcome}, ${formatRate(requestsPerSecond)} req/s${times}${why}`,
  );
}

function formatCurve({ levels, by }: SearchResult, style: ReportStyle): string[] {
  const most = Math.max(...levels.map(({ requestsPerSecond }) => requestsPerSecond));
  const sorted = [...levels].sort((a, b) => a.level - b.level);
  const rows = sorted.map((level): TableCell[] => [
    formatLoad(level.level, by),
    { text: level.outcome, format: level.outcome === 'held' ? 'green' : 'red' },
    formatRate(level.requestsPerSecond),
    formatPercent(level.errors, 1),
    ...[level.p50Ms, level.p95Ms, level.p99Ms].map((ms) => (ms === null ? '-' : formatMs(ms))),
    '█'.repeat(most === 0 ? 0 : Math.round((BAR_WIDTH * level.requestsPerSecond) / most)),
  ]);
  return [...formatTable({ columns: COLUMNS, rows }, style).lines];
}
