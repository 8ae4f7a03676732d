import { type DriftChange, type DriftReport, isCertain } from '@loadts/core';
import type { JSX } from 'preact';
import { formatClock, formatDuration } from '../format/format-time.ts';
import { type Column, DataTable } from '../table/data-table.tsx';
import { driftRange, driftShare, driftTitle, driftValue } from './format-drift.ts';
import { Section } from './section.tsx';

const COLUMNS: readonly Column<DriftChange>[] = [
  { id: 'metric', title: 'Metric', value: driftTitle },
  {
    id: 'change',
    title: 'change',
    value: ({ change }) => change,
    cell: (change) => <strong>{driftShare(change, change.change)}</strong>,
  },
  {
    id: 'first',
    title: 'first third',
    value: ({ first }) => first,
    cell: (change) => driftValue(change, change.first),
  },
  {
    id: 'last',
    title: 'last third',
    value: ({ last }) => last,
    cell: (change) => driftValue(change, change.last),
  },
  {
    id: 'range',
    title: '99 % sure',
    hint: 'Where the change lies',
    value: ({ low }) => low,
    cell: (change) => <span class={isCertain(change) ? undefined : 'muted'}>{driftRange(change)}</span>,
  },
];

/** How the end of the steady state differs from its beginning, and what that looks like. */
export function Drift({ drift }: { readonly drift: DriftReport }): JSX.Element {
  const { fromSecond, seconds, changes, trend } = drift;
  const until = formatClock(fromSecond + seconds);
  const says = `The load was the same for ${formatDuration(seconds)}, from ${formatClock(fromSecond)} to ${until}: its last third against its first.`;
  return (
    <Section id="drift" title="Drift" says={says}>
      <div class="card">
        <ul class="notes">
          <li class="note" data-tone={trend === undefined ? 'calm' : 'warn'}>
            <span class="note-label">Trend</span>
            <span>{trend === undefined ? 'No drift that matters.' : asSentence(trend)}</span>
          </li>
        </ul>
        <div class="below">
          <DataTable caption="Drift" columns={COLUMNS} rows={changes} keyOf={({ metric }) => metric} />
        </div>
      </div>
    </Section>
  );
}

function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
