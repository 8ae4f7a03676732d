import { REPORT_PERCENTILES, type RunReport, type ScenarioReport } from '@loadts/core';
import { formatDuration, formatPercent, formatRate } from './format-number.ts';
import { timeText } from './statistics-table.ts';
import { paint, type ReportStyle } from './style.ts';
import type { TableColumn } from './table-layout.ts';
import { formatTable, type TableCell } from './text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'Scenario', align: 'left', shrinksTo: 20 },
  { title: 'from', align: 'right', dropOrder: 10 },
  { title: 'to', align: 'right', dropOrder: 15 },
  { title: '# reqs', align: 'right' },
  { title: '# fails', align: 'right' },
  { title: '50%', align: 'decimal', startsGroup: true, dropOrder: 40 },
  { title: '95%', align: 'decimal', dropOrder: 50 },
  { title: '99%', align: 'decimal', dropOrder: 30 },
  { title: 'req/s', align: 'decimal', startsGroup: true, dropOrder: 20 },
];
const PERCENTILES = [50, 95, 99] as const;

/** Each scenario as a whole; no line where the script names none. */
export function formatScenarios({ scenarios = [], total }: RunReport, style: ReportStyle): string[] {
  if (scenarios.length === 0 || total.requests === 0) return [];
  const { lines } = formatTable({ columns: COLUMNS, rows: scenarios.map(formatRow) }, style);
  return [paint(style, 'bold', 'Scenarios, times in milliseconds'), ...lines];
}

function formatRow({ name, startSecond, endSecond, total }: ScenarioReport): TableCell[] {
  const { requests, failures, percentilesMs, requestsPerSecond } = total;
  const times = PERCENTILES.map((percentile) =>
    timeText(total, percentilesMs[REPORT_PERCENTILES.indexOf(percentile)] as number),
  );
  const failed: TableCell = {
    text: `${failures} (${formatPercent(failures, requests)})`,
    format: failures > 0 ? 'red' : undefined,
  };
  const span = [startSecond, endSecond].map(formatDuration);
  return [name, ...span, String(requests), failed, ...times, formatRate(requestsPerSecond)];
}
