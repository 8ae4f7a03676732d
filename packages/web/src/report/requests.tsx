import type { EntryData, ReportData } from '@loadts/core';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ChartGroup } from '../charts/chart-group.ts';
import { DataTable } from '../table/data-table.tsx';
import { createEntryColumns } from './entry-columns.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { isWeak, keyOf } from './entry-figures.ts';
import type { RunTimeline } from './run-timeline.ts';
import { Section } from './section.tsx';

export interface RequestsProps {
  readonly run: ReportData;
  readonly group: ChartGroup;
  readonly timeline: RunTimeline;
}

/** More than this need a field to look for one. */
const MANY = 12;

export function Requests({ run, group, timeline }: RequestsProps): JSX.Element {
  const picked = useSignal<EntryData | undefined>(undefined);
  const search = useSignal('');
  const columns = useMemo(
    () => createEntryColumns((entry) => (picked.value = entry === picked.value ? undefined : entry)),
    [picked],
  );
  const wanted = search.value.toLowerCase();
  const rows = run.entries.filter(({ scenario = '', method, name }) =>
    `${scenario} ${method} ${name}`.toLowerCase().includes(wanted),
  );
  return (
    <Section
      id="requests"
      title="Requests"
      says="Times in milliseconds."
      hint="Pick a request to see it over time."
    >
      <div class="card">
        {run.entries.length > MANY && (
          <input
            type="search"
            class="search screen-only"
            placeholder="Find a request"
            aria-label="Find a request"
            value={search.value}
            onInput={(event) => (search.value = event.currentTarget.value)}
          />
        )}
        {run.entries.length === 0 ? (
          <Nothing />
        ) : (
          <DataTable
            caption="Requests"
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            footer={run.total}
            sortBy={{ column: 'requests', order: 'descending' }}
            selected={picked.value && keyOf(picked.value)}
          />
        )}
        {rows.length === 0 && run.entries.length > 0 && <p class="empty">No request is called that.</p>}
        {run.entries.some((entry) => entry.measured > 0 && isWeak(entry, 99.9)) && (
          <p class="footnote">* too few requests for this percentile: the value is that of the slowest one</p>
        )}
      </div>
      {picked.value !== undefined && (
        <EntryDetail
          key={keyOf(picked.value)}
          entry={picked.value}
          run={run}
          group={group}
          timeline={timeline}
          onClose={() => (picked.value = undefined)}
        />
      )}
    </Section>
  );
}

function Nothing(): JSX.Element {
  return (
    <div class="empty">
      <strong>No request was made</strong>
      Do the user classes have tasks, and did the run last long enough to start a user?
    </div>
  );
}
