import type { PastRun } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { formatMsValue, formatPercent, formatRate } from '../../format/format-number.ts';
import { formatMoment } from '../../format/format-time.ts';
import { type Column, DataTable } from '../../table/data-table.tsx';
import { getJson } from '../api/call-api.ts';
import { Notice } from '../parts/notice.tsx';
import { RequestName } from '../tabs/request-name.tsx';
import {
  type ComparableResult,
  type ComparedEntry,
  type ComparedFigures,
  changeOf,
  compareRuns,
} from './compare-runs.ts';

export interface ComparisonProps {
  readonly before: PastRun;
  readonly after: PastRun;
}

/** Two runs side by side, request by request. */
export function Comparison({ before, after }: ComparisonProps): JSX.Element {
  const rows = useSignal<readonly ComparedEntry[] | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const read = ({ id }: PastRun): Promise<ComparableResult> =>
      getJson(`runs/${encodeURIComponent(id)}/result`);
    Promise.all([read(before), read(after)]).then(
      ([old, now]) => (rows.value = compareRuns(old, now)),
      (error: unknown) => (problem.value = error instanceof Error ? error.message : String(error)),
    );
  }, [before.id, after.id]);
  const total = rows.value?.at(-1);
  return (
    <section class="card" aria-label="Comparison">
      <h3>Comparison</h3>
      <p class="muted small">
        {formatMoment(before.startedAt)} → {formatMoment(after.startedAt)}, times in milliseconds. Whether a
        change is more than chance, <code>loadts compare</code> says.
      </p>
      {problem.value !== undefined && <Notice tone="bad" text={problem.value} />}
      {rows.value !== undefined && total !== undefined && (
        <DataTable
          caption="Comparison of requests"
          columns={COLUMNS}
          rows={rows.value.slice(0, -1)}
          keyOf={({ key }) => key}
          footer={total}
        />
      )}
    </section>
  );
}

interface Compared {
  readonly title: string;
  readonly read: (figures: ComparedFigures) => number | null;
  readonly format: (value: number) => string;
  readonly isMoreBetter?: boolean;
  /** A share: how much it changed of what it was says little. */
  readonly isShare?: boolean;
}

const FIGURES: readonly Compared[] = [
  {
    title: 'req/s',
    read: ({ requestsPerSecond }) => requestsPerSecond,
    format: formatRate,
    isMoreBetter: true,
  },
  {
    title: 'failed',
    read: ({ failed }) => failed,
    format: (share) => formatPercent(share, 1),
    isShare: true,
  },
  { title: 'p50', read: ({ p50Ms }) => p50Ms, format: formatMsValue },
  { title: 'p95', read: ({ p95Ms }) => p95Ms, format: formatMsValue },
  { title: 'p99', read: ({ p99Ms }) => p99Ms, format: formatMsValue },
];

const COLUMNS: readonly Column<ComparedEntry>[] = [
  {
    id: 'name',
    title: 'Request',
    value: ({ name, method }) => `${name} ${method}`,
    cell: ({ method, name }) =>
      method === '' ? 'All requests' : <RequestName method={method} name={name} />,
  },
  ...FIGURES.map((figure) => ({
    id: figure.title,
    title: figure.title,
    value: ({ after }: ComparedEntry) => (after === null ? -1 : (figure.read(after) ?? -1)),
    cell: (entry: ComparedEntry) => <Figure figure={figure} entry={entry} />,
  })),
];

/** Smaller changes are the noise of any run. */
const NOTABLE = 0.1;

function Figure({
  figure,
  entry,
}: {
  readonly figure: Compared;
  readonly entry: ComparedEntry;
}): JSX.Element {
  const { read, format, isMoreBetter = false, isShare = false } = figure;
  const old = entry.before && read(entry.before);
  const now = entry.after && read(entry.after);
  const show = (value: number | null): string => (value === null ? '–' : format(value));
  return (
    <span class="compared">
      <span class="muted">{show(old)} →</span> {show(now)}
      {!isShare && <ChangeMark change={changeOf(old, now)} isMoreBetter={isMoreBetter} />}
    </span>
  );
}

interface ChangeMarkProps {
  readonly change: number | undefined;
  readonly isMoreBetter: boolean;
}

function ChangeMark({ change, isMoreBetter }: ChangeMarkProps): JSX.Element {
  if (change === undefined) return <span class="change" />;
  const tone = change > 0 === isMoreBetter ? 'good' : 'bad';
  return (
    <span class="change" data-tone={Math.abs(change) >= NOTABLE ? tone : 'calm'}>
      {change > 0 ? '+' : ''}
      {Math.round(100 * change)} %
    </span>
  );
}
