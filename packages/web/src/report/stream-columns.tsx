import type { StreamReport, TimeReport } from '@loadts/core';
import { formatCount, formatMsValue, formatRate } from '../format/format-number.ts';
import type { Column } from '../table/data-table.tsx';
import { percentileOf } from './entry-figures.ts';
import { EntryLabel } from './entry-label.tsx';

const TIMES = [
  { id: 'first', title: 'first', of: ({ firstEvent }: StreamReport) => firstEvent },
  { id: 'gap', title: 'gap', of: ({ gap }: StreamReport) => gap },
  { id: 'per', title: 'per event', of: ({ perEvent }: StreamReport) => perEvent },
] as const;

const PERCENTILES = [50, 95, 99] as const;

/** What the table of streams shows. */
export const STREAM_COLUMNS: readonly Column<StreamReport>[] = [
  {
    id: 'name',
    title: 'Request',
    value: ({ scenario = '', method, name }) => `${scenario} ${name} ${method}`,
    cell: (stream) => (
      <span class="mono">
        <EntryLabel entry={stream} />
      </span>
    ),
  },
  {
    id: 'streams',
    title: 'streams',
    hint: 'Those with an event',
    value: ({ firstEvent }) => firstEvent?.measured ?? 0,
    cell: ({ firstEvent }) => formatCount(firstEvent?.measured ?? 0),
  },
  ...TIMES.flatMap(({ id, title, of }) =>
    PERCENTILES.map((percentile): Column<StreamReport> => {
      const valueOf = (times: TimeReport | undefined): number =>
        times ? percentileOf(times, percentile) : -1;
      return {
        id: `${id}-${percentile}`,
        title: `${title} p${percentile}`,
        hint: 'Milliseconds',
        value: (stream) => valueOf(of(stream)),
        cell: (stream) => (of(stream) ? formatMsValue(valueOf(of(stream))) : '–'),
      };
    }),
  ),
  {
    id: 'events',
    title: 'events/s',
    value: ({ eventsPerSecond }) => eventsPerSecond,
    cell: ({ eventsPerSecond }) => formatRate(eventsPerSecond),
  },
];
