import type { FailureView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { formatCount } from '../../format/format-number.ts';
import { formatClock } from '../../format/format-time.ts';
import { type Column, DataTable } from '../../table/data-table.tsx';
import { RequestName } from './request-name.tsx';

const COLUMNS: readonly Column<FailureView>[] = [
  {
    id: 'name',
    title: 'Request',
    value: ({ name, method }) => `${name} ${method}`,
    cell: (failure) => <RequestName {...failure} />,
  },
  {
    id: 'count',
    title: 'failed',
    value: ({ count }) => count,
    cell: ({ count }) => <span class="is-bad">{formatCount(count)}</span>,
  },
  {
    id: 'reason',
    title: 'Why',
    value: ({ reason }) => reason,
    cell: ({ reason }) => <span class="wrap">{reason}</span>,
  },
  {
    id: 'first',
    title: 'first',
    value: ({ firstSecond }) => firstSecond,
    cell: ({ firstSecond }) => formatClock(firstSecond),
  },
  {
    id: 'last',
    title: 'last',
    value: ({ lastSecond }) => lastSecond,
    cell: ({ lastSecond }) => formatClock(lastSecond),
  },
];

/** Requests that failed, by request and reason. */
export function FailuresTab({ failures }: { readonly failures: readonly FailureView[] }): JSX.Element {
  if (failures.length === 0) {
    return (
      <p class="card empty">
        <strong>No request has failed</strong>A status of 400 or more counts, and whatever a{' '}
        <code>check</code> of the script refuses.
      </p>
    );
  }
  return (
    <section class="card" aria-label="Failures">
      <DataTable
        caption="Failures"
        columns={COLUMNS}
        rows={failures}
        keyOf={({ method, name, reason, scenario = '' }) => [method, name, reason, scenario].join('\n')}
        sortBy={{ column: 'count', order: 'descending' }}
      />
    </section>
  );
}
