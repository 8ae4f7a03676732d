import type { ScenarioReport } from '@loadts/core';
import type { JSX } from 'preact';
import { formatCount, formatMsValue, formatPercent, formatRate } from '../format/format-number.ts';
import { formatClock } from '../format/format-time.ts';
import { type Column, DataTable } from '../table/data-table.tsx';
import { percentileOf } from './entry-figures.ts';
import { describeArrivals, describeLoad } from './scenario-load.ts';
import { Section } from './section.tsx';

const COLUMNS: readonly Column<ScenarioReport>[] = [
  { id: 'name', title: 'Scenario', value: ({ name }) => name },
  {
    id: 'from',
    title: 'from',
    hint: 'Since the start of the run',
    value: ({ startSecond }) => startSecond,
    cell: ({ startSecond }) => formatClock(startSecond),
  },
  {
    id: 'to',
    title: 'to',
    hint: 'Since the start of the run',
    value: ({ endSecond }) => endSecond,
    cell: ({ endSecond }) => formatClock(endSecond),
  },
  { id: 'load', title: 'load', value: describeLoad },
  { id: 'arrivals', title: 'iterations', value: describeArrivals },
  {
    id: 'requests',
    title: 'requests',
    value: ({ total }) => total.requests,
    cell: ({ total }) => formatCount(total.requests),
  },
  {
    id: 'failures',
    title: 'failed',
    value: ({ total }) => total.failures,
    cell: ({ total: { failures, requests } }) => (
      <span class={failures > 0 ? 'is-bad' : undefined}>
        {formatCount(failures)} ({formatPercent(failures, requests)})
      </span>
    ),
  },
  {
    id: 'rate',
    title: 'req/s',
    value: ({ total }) => total.requestsPerSecond,
    cell: ({ total }) => formatRate(total.requestsPerSecond),
  },
  ...([50, 95, 99] as const).map((percentile): Column<ScenarioReport> => {
    return {
      id: `p${percentile}`,
      title: `p${percentile}`,
      hint: 'Milliseconds',
      value: ({ total }) => percentileOf(total, percentile),
      cell: ({ total }) => (total.measured > 0 ? formatMsValue(percentileOf(total, percentile)) : '–'),
    };
  }),
];

/** Each scenario as a whole. */
export function Scenarios({ scenarios }: { readonly scenarios: readonly ScenarioReport[] }): JSX.Element {
  return (
    <Section
      id="scenarios"
      title="Scenarios"
      says="All requests of each together, times in milliseconds; rates are means over its own time."
    >
      <div class="card">
        <DataTable caption="Scenarios" columns={COLUMNS} rows={scenarios} keyOf={({ name }) => name} />
      </div>
    </Section>
  );
}
