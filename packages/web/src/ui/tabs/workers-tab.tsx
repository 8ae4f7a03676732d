import type { SecondView, WorkerView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { formatCount, formatMs } from '../../format/format-number.ts';
import { BUSY } from '../../report/worker-rows.ts';
import { type Column, DataTable } from '../../table/data-table.tsx';
import { summarizeWorkers } from './summarize-workers.ts';

const BAD_STATES: ReadonlySet<WorkerView['state']> = new Set(['missing', 'lost']);

export interface WorkersTabProps {
  readonly workers: readonly WorkerView[];
  /** So far. */
  readonly verdict: SecondView['verdict']['kind'] | undefined;
}

/** Each worker and whether it is the limit itself: every delay here is also in the times of the requests. */
export function WorkersTab({ workers, verdict }: WorkersTabProps): JSX.Element {
  if (workers.length === 0) {
    return (
      <p class="card empty">
        <strong>No worker takes part yet</strong>
        They start with the run; on another machine with <code>loadts worker --master-host HOST</code>.
      </p>
    );
  }
  const { says, isBad } = summarizeWorkers(workers, verdict);
  return (
    <section class="card" aria-label="Workers">
      <div class="tools">
        <p class={isBad ? 'tools-says is-bad' : 'tools-says'}>{says}</p>
      </div>
      <DataTable
        caption="Workers"
        columns={createColumns(workers)}
        rows={workers}
        keyOf={({ id }) => String(id)}
      />
    </section>
  );
}

function createColumns(workers: readonly WorkerView[]): readonly Column<WorkerView>[] {
  const present = workers.filter(({ users }) => users > 0).length;
  return [
    {
      id: 'id',
      title: 'Worker',
      value: ({ id }) => id,
      cell: ({ id, hostname }) => (
        <>
          {id} <span class="muted">{hostname}</span>
        </>
      ),
    },
    {
      id: 'state',
      title: 'State',
      value: ({ state }) => state,
      cell: ({ state }) => <span class={BAD_STATES.has(state) ? 'is-bad' : undefined}>{state}</span>,
    },
    { id: 'users', title: 'users', value: ({ users }) => users, cell: ({ users }) => formatCount(users) },
    {
      id: 'share',
      title: 'share',
      hint: 'Of all users',
      value: ({ share }) => share,
      cell: ({ share }) => percent(share),
    },
    {
      id: 'skew',
      title: 'skew',
      hint: 'Users more or less than an even share',
      value: ({ share }) => Math.abs(share * present - 1),
      cell: ({ users, share }) => (users === 0 ? '–' : signed(share * present - 1)),
    },
    known('cpu', 'CPU', 'Of one core', ({ cpu }) => cpu, percent),
    known(
      'loop',
      'loop busy',
      'Share of the time that its event loop was busy',
      ({ utilization }) => utilization,
      percent,
    ),
    known(
      'lag',
      'loop lag',
      'How late its event loop is, 99th percentile',
      ({ loopDelayMs }) => loopDelayMs,
      formatMs,
    ),
    known(
      'memory',
      'memory',
      'Of its process',
      ({ memoryMb }) => memoryMb,
      (mb) => `${formatCount(mb)} MB`,
    ),
  ];
}

// oxlint-disable-next-line max-params
function known(
  id: string,
  title: string,
  hint: string,
  read: (worker: WorkerView) => number | null,
  format: (value: number) => string,
): Column<WorkerView> {
  return {
    id,
    title,
    hint,
    value: (worker) => read(worker) ?? -1,
    cell: (worker) => {
      const value = read(worker);
      if (value === null) return '–';
      const isBusy = id === 'loop' && value > BUSY;
      return <span class={isBusy ? 'is-bad' : undefined}>{format(value)}</span>;
    },
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function signed(part: number): string {
  const rounded = Math.round(100 * part);
  return `${rounded > 0 ? '+' : ''}${rounded} %`;
}
