import type { EntryView } from '@loadts/protocol';
import type { JSX } from 'preact';
import {
  formatBytes,
  formatCount,
  formatMsValue,
  formatPercent,
  formatRate,
} from '../../format/format-number.ts';
import { isWeak, percentileOf } from '../../report/entry-figures.ts';
import type { Column } from '../../table/data-table.tsx';
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
    time('average', 'mean', ({ averageMs }) => averageMs),
    time('min', 'min', ({ minMs }) => minMs),
    ...SHOWN_PERCENTILES.map(percentileColumn),
    time('max', 'max', ({ maxMs }) => maxMs),
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

function time(id: string, title: string, value: (entry: EntryView) => number): Column<EntryView> {
  const cell = (entry: EntryView): string => (entry.measured > 0 ? formatMsValue(value(entry)) : '–');
  return { id, title, hint: 'Milliseconds', value, cell };
}

function percentileColumn(percentile: number): Column<EntryView> {
  const column = time(`p${percentile}`, `p${percentile}`, (entry) => percentileOf(entry, percentile));
  return {
    ...column,
    cell: (entry) => {
      const text = column.cell?.(entry);
      if (entry.measured === 0 || !isWeak(entry, percentile)) return text;
      return (
        <span
          class="muted"
          title="Too few requests for this percentile: the value is that of the slowest one"
        >
          {text}*
        </span>
      );
    },
  };
}

function Bad({ isBad, text }: { readonly isBad: boolean; readonly text: string }): JSX.Element {
  return <span class={isBad ? 'is-bad' : 'muted'}>{text}</span>;
}
