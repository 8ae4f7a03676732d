import type { EntryData } from '@loadts/core';
import type { JSX } from 'preact';
import { formatBytes, formatCount, formatPercent, formatRate } from '../format/format-number.ts';
import type { Column } from '../table/data-table.tsx';
import { percentileColumn, timeColumn } from '../table/time-columns.tsx';
import { EntryLabel } from './entry-label.tsx';

const SHOWN_PERCENTILES = [50, 90, 95, 99, 99.9] as const;

/** What the table of requests shows. @param onPick called with the entry whose details are wanted */
export function createEntryColumns(onPick: (entry: EntryData) => void): readonly Column<EntryData>[] {
  return [
    {
      id: 'name',
      title: 'Request',
      value: ({ scenario = '', name, method }) => `${scenario} ${name} ${method}`,
      cell: (entry) => <EntryName entry={entry} onPick={onPick} />,
    },
    count('requests', 'requests', ({ requests }) => requests),
    {
      ...count('failures', 'failed', ({ failures }) => failures),
      cell: ({ failures }) => <Failures count={failures} text={formatCount(failures)} />,
    },
    {
      ...count('share', 'failed %', ({ failures, requests }) => (requests > 0 ? failures / requests : 0)),
      cell: ({ failures, requests }) => (
        <Failures count={failures} text={formatPercent(failures, requests)} />
      ),
    },
    {
      ...count('rate', 'req/s', ({ requestsPerSecond }) => requestsPerSecond),
      cell: ({ requestsPerSecond }) => formatRate(requestsPerSecond),
    },
    timeColumn('average', 'mean', ({ averageMs }) => averageMs),
    ...SHOWN_PERCENTILES.map((percentile) => percentileColumn<EntryData>(percentile)),
    timeColumn('max', 'max', ({ maxMs }) => maxMs),
    {
      ...count('bytes', 'size', ({ averageBytes }) => averageBytes),
      hint: 'Mean size of a response',
      cell: ({ averageBytes }) => formatBytes(averageBytes),
    },
  ];
}

function count(id: string, title: string, value: (entry: EntryData) => number): Column<EntryData> {
  return { id, title, value, cell: (entry) => formatCount(value(entry)) };
}

interface EntryNameProps {
  readonly entry: EntryData;
  readonly onPick: (entry: EntryData) => void;
}

function EntryName({ entry, onPick }: EntryNameProps): JSX.Element {
  const { method, name } = entry;
  if (method === '') return <>{name === 'Aggregated' ? 'All requests' : name}</>;
  return (
    <button type="button" class="pick mono" title="Show this request over time" onClick={() => onPick(entry)}>
      <EntryLabel entry={entry} />
    </button>
  );
}

function Failures({ count: failures, text }: { readonly count: number; readonly text: string }): JSX.Element {
  return <span class={failures > 0 ? 'is-bad' : 'muted'}>{text}</span>;
}
