import type { EntryView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { formatBytes, formatCount, formatPercent, formatRate } from '../../format/format-number.ts';
import type { Column } from '../../table/data-table.tsx';
import { percentileColumn, timeColumn } from '../../table/time-columns.tsx';
import { RequestName } from './request-name.tsx';

const SHOWN_PERCENTILES = [50, 90, 95, 99, 99.9] as const;

export function createStatisticsColumns(): readonly Column<EntryView>[] {
  return [
    {
      id: 'name',
      title: 'Request',
      value: ({ name, method }) => `${name} ${method}`,
      cell: (entry) => (entry.method === '' ? 'All requests' : <RequestName {...entry} />),
    },
    number('requests', 'requests', ({ requests }) => requests, formatCount),
    {
      ...number('failures', 'failed', ({ failures }) => failures, formatCount),
      cell: ({ failures }) => <Bad isBad={failures > 0} text={formatCount(failures)} />,
    },
    {
      ...number('share', 'failed %', shareOf, String),
      cell: ({ failures, requests }) => <Bad isBad={failures > 0} text={formatPercent(failures, requests)} />,
    },
    number('rate', 'req/s', ({ requestsPerSecond }) => requestsPerSecond, formatRate),
    number('failureRate', 'failed/s', ({ failuresPerSecond }) => failuresPerSecond, formatRate),
    timeColumn('average', 'mean', ({ averageMs }) => averageMs),
    timeColumn('min', 'min', ({ minMs }) => minMs),
    ...SHOWN_PERCENTILES.map((percentile) => percentileColumn<EntryView>(percentile)),
    timeColumn('max', 'max', ({ maxMs }) => maxMs),
    {
      ...number('bytes', 'size', ({ averageBytes }) => averageBytes, formatBytes),
      hint: 'Mean size of a response',
    },
  ];
}

function shareOf({ failures, requests }: EntryView): number {
  return requests > 0 ? failures / requests : 0;
}

function number(
  id: string,
  title: string,
  value: (entry: EntryView) => number,
  format: (value: number) => string,
): Column<EntryView> {
  return { id, title, value, cell: (entry) => format(value(entry)) };
}

function Bad({ isBad, text }: { readonly isBad: boolean; readonly text: string }): JSX.Element {
  return <span class={isBad ? 'is-bad' : 'muted'}>{text}</span>;
}
