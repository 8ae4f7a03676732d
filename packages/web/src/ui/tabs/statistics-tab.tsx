import type { EntryView, SecondView, StateView } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount } from '../../format/format-number.ts';
import { DataTable } from '../../table/data-table.tsx';
import { isLoaded } from '../header/phase.ts';
import type { Attempt } from '../header/run-buttons.tsx';
import { RUN_ACTIONS } from '../run-actions.ts';
import { createStatisticsColumns } from './statistics-columns.tsx';

export interface StatisticsTabProps {
  readonly second: SecondView | null;
  readonly phase: StateView['phase'];
  readonly attempt: Attempt;
}

/** Past so many rows a search helps. */
const MANY_ROWS = 8;

const COLUMNS = createStatisticsColumns();

/** Every entry with its numbers over the whole run. */
export function StatisticsTab({ second, phase, attempt }: StatisticsTabProps): JSX.Element {
  const search = useSignal('');
  const entries = second?.entries ?? [];
  const text = search.value.trim().toLowerCase();
  const shown =
    text === '' ? entries : entries.filter((entry) => titleOf(entry).toLowerCase().includes(text));
  return (
    <section class="card" aria-label="Statistics">
      <div class="tools">
        {entries.length > MANY_ROWS && (
          <input
            class="search is-tool"
            type="search"
            placeholder="Search requests"
            aria-label="Search requests"
            value={search.value}
            onInput={(event) => (search.value = event.currentTarget.value)}
          />
        )}
        <p class="tools-says">
          Times in milliseconds, over the whole run
          {text !== '' && `; ${formatCount(shown.length)} of ${entries.length} shown`}.
        </p>
        {isLoaded(phase) && (
          <button
            type="button"
            class="button"
            title="Forgets the totals so far. Charts and thresholds keep the whole run."
            onClick={() => attempt(() => RUN_ACTIONS.reset())}
          >
            Reset statistics
          </button>
        )}
      </div>
      {second === null || entries.length === 0 ? (
        <p class="empty">
          <strong>No request has ended yet</strong>
          Rows appear with the first responses. If they do not, look at the Log and Exceptions tabs.
        </p>
      ) : (
        <DataTable
          caption="Requests"
          columns={COLUMNS}
          rows={shown}
          keyOf={titleOf}
          footer={second.total}
          sortBy={{ column: 'requests', order: 'descending' }}
        />
      )}
    </section>
  );
}

function titleOf({ method, name, scenario = '' }: EntryView): string {
  return `${method} ${name} ${scenario}`;
}
