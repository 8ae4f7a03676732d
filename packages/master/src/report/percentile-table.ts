import { type EntryReport, REPORT_PERCENTILES } from '@loadts/core';
import { describeEntries, timeText } from './statistics-table.ts';
import type { TableColumn } from './table-layout.ts';
import type { TableCell, TextTable } from './text-table.ts';

/** What the mark behind a percentile means. */
export const WEAK_PERCENTILE_NOTE =
  '* too few requests for this percentile: the value is that of the slowest one';

type Percentile = (typeof REPORT_PERCENTILES)[number];

// What people look at least goes first; 50, 95 and 99 stay.
const DROP_ORDER: Partial<Record<Percentile, number>> = {
  66: 20,
  80: 25,
  98: 30,
  75: 35,
  99.99: 40,
  100: 60,
  90: 70,
  99.9: 80,
};

const FIGURE_COLUMNS: readonly TableColumn[] = [
  ...REPORT_PERCENTILES.map((percentile): TableColumn => {
    const dropOrder = DROP_ORDER[percentile];
    const column: TableColumn = { title: titleOf(percentile), align: 'decimal' };
    return { ...column, ...(dropOrder === undefined ? undefined : { dropOrder }) };
  }),
  { title: '# reqs', align: 'right', dropOrder: 10 },
];

/** The percentiles of every entry that has measured times, with `total` below. */
export function percentileTable(entries: readonly EntryReport[], total: EntryReport): TextTable {
  const { columns, cells } = describeEntries(entries);
  const row = (entry: EntryReport): TableCell[] => [...cells(entry), ...figureCells(entry)];
  return {
    columns: [...columns, ...FIGURE_COLUMNS],
    rows: entries.filter((entry) => entry.measured > 0).map(row),
    footer: row(total),
  };
}

/** Whether an entry has so few measured requests that the percentile is only its maximum. */
export function isWeakPercentile(entry: EntryReport, percentile: number): boolean {
  if (percentile === 100) return false;
  // Rounded, since 100 - 99.9 is not exactly 0.1.
  return entry.measured < Math.round(100 / (100 - percentile));
}

/** Whether the table of these entries has marked cells, in columns other than those `dropped`. */
export function hasWeakPercentile(entries: readonly EntryReport[], dropped: readonly string[]): boolean {
  const shown = REPORT_PERCENTILES.filter((percentile) => !dropped.includes(titleOf(percentile)));
  return entries.some(
    (entry) => entry.measured > 0 && shown.some((percentile) => isWeakPercentile(entry, percentile)),
  );
}

function titleOf(percentile: number): string {
  return `${percentile}%`;
}

function figureCells(entry: EntryReport): TableCell[] {
  const percentiles = REPORT_PERCENTILES.map((percentile, index): TableCell => {
    const text = timeText(entry, entry.percentilesMs[index] as number);
    return isWeakPercentile(entry, percentile) ? { text: `${text}*`, format: 'dim' } : text;
  });
  return [...percentiles, String(entry.requests)];
}
