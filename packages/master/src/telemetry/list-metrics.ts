import { type EntryReport, OTHER_ENTRY, REPORT_PERCENTILES } from '@loadts/core';
import type { LiveState } from '../report/live-view.ts';
import type { Metric, MetricPoint, SummaryPoint } from './metric.ts';

/** What the metrics of a run are made of, while it goes on and at its end. */
export type MetricsState = Pick<
  LiveState,
  'state' | 'elapsedSeconds' | 'users' | 'targetUsers' | 'workers' | 'total' | 'entries' | 'recent'
>;

/** Each series costs the one who stores it: the rest of the entries is one together. */
const MAX_ENTRIES = 100;
const QUANTILES = [50, 95, 99, 99.9] as const;
const MS_PER_SECOND = 1_000;

/** All metrics of a run, over the whole cluster. The number of series is bounded. */
export function listMetrics(run: MetricsState): Metric[] {
  return [...listGauges(run), ...listCounters(run), ...listTimes(run)];
}

function listGauges({ state, elapsedSeconds, users, targetUsers, workers, recent }: MetricsState): Metric[] {
  const gauge = (name: string, help: string, value: number, unit = '1'): Metric => {
    return { kind: 'gauge', name, help, unit, points: [{ labels: {}, value }] };
  };
  const rate = '{request}/s';
  return [
    gauge('loadts_users', 'Users that are running.', users, '{user}'),
    gauge('loadts_target_users', 'Users that should be running.', targetUsers, '{user}'),
    gauge('loadts_workers', 'Workers that are connected.', workers.connected, '{worker}'),
    gauge('loadts_expected_workers', 'Workers that should be connected.', workers.expected, '{worker}'),
    gauge('loadts_elapsed_seconds', 'Time since the start of the run.', elapsedSeconds, 's'),
    gauge('loadts_requests_per_second', 'Requests over the last seconds.', recent.requestsPerSecond, rate),
    gauge('loadts_failures_per_second', 'Failures over the last seconds.', recent.failuresPerSecond, rate),
    {
      kind: 'gauge',
      name: 'loadts_run_state',
      help: 'State of the run: 1 for the one that it is in.',
      unit: '1',
      points: [{ labels: { state }, value: 1 }],
    },
  ];
}

function listCounters({ entries }: MetricsState): Metric[] {
  const counter = (name: string, help: string, value: (entry: EntryReport) => number): Metric => {
    const points = boundEntries(entries, value);
    return { kind: 'counter', name, help, unit: '{request}', points };
  };
  return [
    counter('loadts_requests_total', 'Requests that came to their end.', ({ requests }) => requests),
    counter('loadts_failures_total', 'Requests that failed.', ({ failures }) => failures),
  ];
}

/** The busiest entries, and the sum of the others, which is no entry of the run. */
function boundEntries(entries: readonly EntryReport[], value: (entry: EntryReport) => number): MetricPoint[] {
  const { shown, rest } = split(entries);
  const points = shown.map((entry) => ({ labels: labelsOf(entry), value: value(entry) }));
  if (rest.length === 0) return points;
  // The run may have folded names together by itself: one series for both.
  const name = OTHER_ENTRY.name;
  const known = points.find(({ labels }) => labels.name === name && labels.method === '');
  const sum = rest.reduce((total, entry) => total + value(entry), 0) + (known?.value ?? 0);
  return [...points.filter((point) => point !== known), { labels: { method: '', name }, value: sum }];
}

function split(entries: readonly EntryReport[]): {
  shown: readonly EntryReport[];
  rest: readonly EntryReport[];
} {
  if (entries.length <= MAX_ENTRIES) return { shown: entries, rest: [] };
  const byRequests = entries.toSorted((a, b) => b.requests - a.requests);
  return { shown: byRequests.slice(0, MAX_ENTRIES), rest: byRequests.slice(MAX_ENTRIES) };
}

function labelsOf({ method, name }: EntryReport): { method: string; name: string } {
  return { method, name };
}

function listTimes({ total, entries }: MetricsState): Metric[] {
  const { shown } = split(entries);
  const measured = shown.filter((entry) => entry.measured > 0);
  return [
    {
      kind: 'summary',
      name: 'loadts_response_time_seconds',
      help: 'Response times of the whole run so far, by entry; those of rare entries are left out.',
      unit: 's',
      points: measured.map((entry) => summaryOf(entry, labelsOf(entry))),
    },
    {
      kind: 'summary',
      name: 'loadts_all_response_time_seconds',
      help: 'Response times of the whole run so far, of all requests together.',
      unit: 's',
      points: total.measured > 0 ? [summaryOf(total, {})] : [],
    },
  ];
}

function summaryOf(entry: EntryReport, labels: SummaryPoint['labels']): SummaryPoint {
  const { averageMs, measured, percentilesMs } = entry;
  return {
    labels,
    count: measured,
    sum: (averageMs * measured) / MS_PER_SECOND,
    quantiles: QUANTILES.map((percentile) => [
      percentile / 100,
      (percentilesMs[REPORT_PERCENTILES.indexOf(percentile)] as number) / MS_PER_SECOND,
    ]),
  };
}
