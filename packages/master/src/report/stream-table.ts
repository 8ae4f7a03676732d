import { REPORT_PERCENTILES, type RunReport, type StreamReport, type TimeReport } from '@loadts/core';
import { formatRate } from './format-number.ts';
import { describeEntries, timeText } from './statistics-table.ts';
import type { TableColumn } from './table-layout.ts';
import type { TextTable } from './text-table.ts';

const SHOWN = [50, 95, 99] as const;
const TIMES = [
  { title: 'first', of: ({ firstEvent }: StreamReport) => firstEvent },
  { title: 'gap', of: ({ gap }: StreamReport) => gap },
  { title: 'per event', of: ({ perEvent }: StreamReport) => perEvent },
] as const;

const COLUMNS: readonly TableColumn[] = [
  { title: 'streams', align: 'right' },
  ...TIMES.flatMap(({ title }, i) =>
    SHOWN.map((percentile): TableColumn => {
      const column: TableColumn = { title: `${title} ${percentile}%`, align: 'decimal' };
      return percentile === 99 ? { ...column, dropOrder: 10 + i } : column;
    }),
  ),
  { title: 'events/s', align: 'decimal' },
];

/** When the events of streamed answers came. */
export function streamTable(streams: NonNullable<RunReport['streams']>): TextTable {
  const { columns, cells } = describeEntries(streams);
  return {
    columns: [...columns, ...COLUMNS],
    rows: streams.map((stream) => [...cells(stream), ...formatRow(stream)]),
  };
}

function formatRow(stream: StreamReport): string[] {
  const times = TIMES.flatMap(({ of }) => SHOWN.map((percentile) => percentileText(of(stream), percentile)));
  const { firstEvent, eventsPerSecond } = stream;
  return [String(firstEvent?.measured ?? 0), ...times, formatRate(eventsPerSecond)];
}

/** Nothing where nothing was measured: that is no 0. */
function percentileText(times: TimeReport | undefined, percentile: (typeof SHOWN)[number]): string {
  const value = times?.percentilesMs[REPORT_PERCENTILES.indexOf(percentile)];
  return times && value !== undefined ? timeText(times, value) : '-';
}
