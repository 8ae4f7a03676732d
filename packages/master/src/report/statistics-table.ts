import type { EntryReport } from '@loadts/core';
import { formatMs, formatPercent, formatRate } from './format-number.ts';
import type { TableColumn } from './table-layout.ts';
import type { TableCell, TextTable } from './text-table.ts';

/** What a table calls an entry. */
type NamedEntry = Pick<EntryReport, 'scenario' | 'method' | 'name'>;

const SCENARIO_COLUMN: TableColumn = { title: 'Scenario', align: 'left', shrinksTo: 10 };
const ENTRY_COLUMNS: readonly TableColumn[] = [
  { title: 'Type', align: 'left', maxWidth: 8 },
  { title: 'Name', align: 'left', shrinksTo: 20 },
];

const FIGURE_COLUMNS: readonly TableColumn[] = [
  { title: '# reqs', align: 'right' },
  { title: '# fails', align: 'right' },
  { title: 'Avg', align: 'decimal', startsGroup: true, dropOrder: 30 },
  { title: 'Min', align: 'decimal', dropOrder: 20 },
  { title: 'Max', align: 'decimal', dropOrder: 40 },
  { title: 'Med', align: 'decimal', dropOrder: 70 },
  { title: 'req/s', align: 'decimal', startsGroup: true, dropOrder: 60 },
  { title: 'fails/s', align: 'decimal', dropOrder: 10 },
];

/** Counts, times and rates of every entry, with `total` below. */
export function statisticsTable(entries: readonly EntryReport[], total: EntryReport): TextTable {
  const percents = [...entries, total].map(
    ({ failures, requests }) => `(${formatPercent(failures, requests)})`,
  );
  const percentWidth = Math.max(...percents.map((percent) => percent.length));
  const { columns, cells } = describeEntries(entries);
  const row = (entry: EntryReport, index: number): TableCell[] => [
    ...cells(entry),
    String(entry.requests),
    failuresCell(entry, (percents[index] as string).padStart(percentWidth)),
    ...[entry.averageMs, entry.minMs, entry.maxMs, entry.medianMs].map((ms) => timeText(entry, ms)),
    formatRate(entry.requestsPerSecond),
    formatRate(entry.failuresPerSecond),
  ];
  return {
    columns: [...columns, ...FIGURE_COLUMNS],
    rows: entries.map(row),
    footer: row(total, entries.length),
  };
}

/** The columns that every table of these entries starts with; the scenario is one of them where they have any. */
export function describeEntries(entries: readonly NamedEntry[]): {
  readonly columns: readonly TableColumn[];
  readonly cells: (entry: NamedEntry) => TableCell[];
} {
  const cells = ({ method, name }: NamedEntry): TableCell[] => [method, name];
  if (entries.every(({ scenario }) => scenario === undefined)) return { columns: ENTRY_COLUMNS, cells };
  return {
    columns: [SCENARIO_COLUMN, ...ENTRY_COLUMNS],
    cells: (entry) => [entry.scenario ?? '', ...cells(entry)],
  };
}

/** A time in milliseconds; a dash where the entry has none, since 0 would claim a measurement. */
export function timeText(entry: Pick<EntryReport, 'measured'>, ms: number): string {
  return entry.measured > 0 ? formatMs(ms) : '-';
}

function failuresCell(entry: EntryReport, percent: string): TableCell {
  return { text: `${entry.failures} ${percent}`, format: entry.failures > 0 ? 'red' : undefined };
}
