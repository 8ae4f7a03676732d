import { CONFIDENCE, type Comparison, type EntryChange, type MetricChange } from '@loadts/core';
import { printable, shorten, wrap } from '../printable-text.ts';
import { paint, type ReportStyle, type TextFormat } from '../style.ts';
import type { TableColumn } from '../table-layout.ts';
import { formatTable, type TableCell, type TextTable } from '../text-table.ts';
import { type ComparedRun, describeComparedRun } from './compared-run.ts';
import { formatDifference, formatInterval, formatValue, METRIC_TITLES } from './format-change.ts';

const SURE = `${100 * CONFIDENCE} % sure`;
const NOTE = `A change is coloured and marked with ! where it is ${SURE}; any other may as well be chance.`;

/** A run beside its baseline, for a terminal, without a final line break. */
export function formatComparison(
  comparison: Comparison,
  runs: { readonly baselines: readonly ComparedRun[]; readonly run: ComparedRun },
  style: ReportStyle,
): string {
  const { total, entries, doubts } = comparison;
  const sections = [
    [...runs.baselines.map((run) => describe('baseline', run, style)), describe('run', runs.run, style)],
    doubts
      .flatMap((doubt) => wrap(printable(`Warning: ${doubt}`), style.width))
      .map((line) => paint(style, 'yellow', line)),
    [paint(style, 'bold', 'All requests'), ...formatTable(totalTable(total), style).lines],
    [
      paint(style, 'bold', 'By name, times in milliseconds'),
      ...formatTable(entryTable(entries), style).lines,
    ],
    wrap(NOTE, Math.min(style.width, 100)).map((line) => paint(style, 'dim', line)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function describe(role: string, run: ComparedRun, style: ReportStyle): string {
  const text = `${role.padEnd(8)}  ${run.name}: ${describeComparedRun(run)}`;
  return shorten(printable(text), style.width);
}

function totalTable(total: EntryChange): TextTable {
  return {
    columns: [
      { title: '', align: 'left' },
      { title: 'baseline', align: 'decimal' },
      { title: 'run', align: 'decimal' },
      { title: 'change', align: 'right' },
      { title: `${SURE}: the change is`, align: 'left', dropOrder: 10 },
    ],
    rows: [
      ['requests', String(Math.round(total.baselineRequests)), String(total.requests), '', ''],
      ...total.metrics.map((change): TableCell[] => [
        METRIC_TITLES[change.metric],
        formatValue(change.metric, change.baseline),
        formatValue(change.metric, change.observed),
        changeCell(change),
        formatInterval(change.metric, change.interval),
      ]),
    ],
  };
}

/** What people look at least goes first. */
const METRIC_COLUMNS = [
  { title: 'failed', dropOrder: 40 },
  { title: 'p50', dropOrder: 30 },
  { title: 'p95', dropOrder: 50 },
  { title: 'p99', dropOrder: 20 },
] as const;

const ENTRY_COLUMNS: readonly TableColumn[] = [
  { title: 'Type', align: 'left', maxWidth: 8 },
  { title: 'Name', align: 'left', shrinksTo: 20 },
  { title: '# base', align: 'right', dropOrder: 10 },
  { title: '# run', align: 'right', dropOrder: 11 },
  ...METRIC_COLUMNS.flatMap(({ title, dropOrder }): TableColumn[] => [
    { title, align: 'right', startsGroup: true, dropOrder },
    { title: `${title} run`, align: 'right', dropOrder: dropOrder + 1 },
    { title: `± ${title}`, align: 'right', dropOrder: dropOrder + 2 },
  ]),
];

function entryTable(entries: readonly EntryChange[]): TextTable {
  const row = ({ method, name, baselineRequests, requests, metrics }: EntryChange): TableCell[] => [
    method,
    name,
    String(Math.round(baselineRequests)),
    String(requests),
    ...metrics.flatMap((change): TableCell[] => [
      formatValue(change.metric, change.baseline),
      formatValue(change.metric, change.observed),
      changeCell(change),
    ]),
  ];
  return { columns: ENTRY_COLUMNS, rows: entries.map(row) };
}

const FORMATS: Readonly<Record<'better' | 'worse', TextFormat>> = { better: 'green', worse: 'red' };

function changeCell(change: MetricChange): TableCell {
  const { direction } = change;
  const text = `${formatDifference(change)}${direction ? '!' : ''}`;
  return { text, format: direction && FORMATS[direction] };
}
