import type { ReportData, WorkerSeries } from '@loadts/core';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ColorName } from '../charts/chart-colors.ts';
import type { ChartGroup } from '../charts/chart-group.ts';
import { TimeChart, type TimeSeries } from '../charts/time-chart.tsx';
import {
  formatCompact,
  formatCount,
  formatMs,
  formatMsShort,
  formatMsValue,
} from '../format/format-number.ts';
import { type Column, DataTable } from '../table/data-table.tsx';
import { type RunTimeline, spanTimes } from './run-timeline.ts';
import { Section } from './section.tsx';
import { BUSY, listWorkers, mostDelayed, type WorkerRow, wasGeneratorLimit } from './worker-rows.ts';

export interface WorkersProps {
  readonly run: ReportData;
  readonly group: ChartGroup;
  readonly timeline: RunTimeline;
}

const COLORS: readonly ColorName[] = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];

const COLUMNS: readonly Column<WorkerRow>[] = [
  {
    id: 'id',
    title: 'Worker',
    value: ({ id }) => id,
    cell: ({ id, hostname, pid }) => (
      <>
        {id}{' '}
        <span class="muted">
          {hostname} · {pid}
        </span>
      </>
    ),
  },
  {
    id: 'users',
    title: 'most users',
    value: ({ peakUsers }) => peakUsers,
    cell: ({ peakUsers }) => formatCount(peakUsers),
  },
  {
    id: 'cpu',
    title: 'mean CPU',
    hint: 'Of one core',
    value: ({ meanCpu }) => meanCpu,
    cell: ({ meanCpu }) => percent(meanCpu),
  },
  {
    id: 'loop',
    title: 'busiest loop',
    hint: 'The busiest second of its event loop',
    value: ({ peakUtilization }) => peakUtilization,
    cell: ({ peakUtilization }) => (
      <span class={peakUtilization > BUSY ? 'is-bad' : undefined}>{percent(peakUtilization)}</span>
    ),
  },
  {
    id: 'lag',
    title: 'loop delay',
    hint: 'Milliseconds: how late its event loop was, 99th percentile of the worst second',
    value: ({ loopDelayMs }) => loopDelayMs,
    cell: ({ loopDelayMs }) => formatMsValue(loopDelayMs),
  },
  {
    id: 'send',
    title: 'send delay',
    hint: 'Milliseconds: from a call to the sending of its request, 99th percentile of the worst second',
    value: ({ sendDelayMs }) => sendDelayMs,
    cell: ({ sendDelayMs }) => formatMsValue(sendDelayMs),
  },
  {
    id: 'memory',
    title: 'memory',
    value: ({ memoryMb }) => memoryMb,
    cell: ({ memoryMb }) => `${formatCount(memoryMb)} MB`,
  },
  {
    id: 'silent',
    title: 'silent',
    hint: 'Seconds in which it said nothing',
    value: ({ silentSeconds }) => silentSeconds,
    cell: ({ silentSeconds }) => (
      <span class={silentSeconds > 0 ? 'is-bad' : 'muted'}>{silentSeconds} s</span>
    ),
  },
];

/** Whether the load generator itself was the limit: every delay here is also in the times of the requests. */
export function Workers({ run, group, timeline }: WorkersProps): JSX.Element {
  const shown = useMemo(() => mostDelayed(run.workerSeries, COLORS.length), [run]);
  const delays = useMemo(() => linesOf(shown, ({ loopDelayMs }) => loopDelayMs), [shown]);
  const cpu = useMemo(() => linesOf(shown, ({ cpu: values }) => values), [shown]);
  const first = shown[0];
  const times = useMemo(() => spanTimes(first?.users.length ?? 0, first?.spanSeconds ?? 1), [first]);
  const { workers, complete } = run.coverage;
  const says = `Complete: ${complete} of ${workers}. ${describeDelay(run)}`;
  return (
    <Section id="workers" title="Workers" says={says}>
      <div class="card">
        <DataTable
          caption="Workers"
          columns={COLUMNS}
          rows={listWorkers(run)}
          keyOf={({ id }) => String(id)}
        />
      </div>
      {first !== undefined && (
        <div class="grid below">
          <div class="card">
            <TimeChart
              title="Event loop delay"
              unit="99th percentile"
              group={group}
              times={times}
              series={delays}
              format={formatMs}
              formatAxis={formatMsShort}
              {...timeline}
            />
          </div>
          <div class="card">
            <TimeChart
              title="CPU"
              unit="cores"
              group={group}
              times={times}
              series={cpu}
              format={formatCompact}
              {...timeline}
            />
          </div>
        </div>
      )}
    </Section>
  );
}

function linesOf(
  shown: readonly WorkerSeries[],
  valuesOf: (series: WorkerSeries) => readonly (number | null)[],
): TimeSeries[] {
  return shown.map((series, index) => ({
    label: `worker ${series.workerId}`,
    color: COLORS[index] ?? 'series-1',
    values: valuesOf(series),
  }));
}

function describeDelay(run: ReportData): string {
  if (wasGeneratorLimit(run)) return 'The load generator was the limit, not the target.';
  return `99 of 100 requests left within ${formatMs(run.generatorDelayP99Ms)} of the script's call.`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
