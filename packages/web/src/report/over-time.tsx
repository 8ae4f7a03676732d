import type { ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ChartGroup } from '../charts/chart-group.ts';
import { TimeChart, type TimeSeries } from '../charts/time-chart.tsx';
import { formatCompact, formatCount, formatMs, formatMsShort, formatRate } from '../format/format-number.ts';
import { perSecond, type RunTimeline, spanTimes } from './run-timeline.ts';
import { Section } from './section.tsx';

export interface OverTimeProps {
  readonly run: ReportData;
  readonly group: ChartGroup;
  readonly timeline: RunTimeline;
}

interface OverTimeCharts {
  readonly times: readonly number[];
  readonly throughput: readonly TimeSeries[];
  readonly latency: readonly TimeSeries[];
  readonly users: readonly TimeSeries[];
  readonly failures: readonly TimeSeries[];
}

export function OverTime({ run, group, timeline }: OverTimeProps): JSX.Element {
  const charts = useMemo(() => createCharts(run), [run]);
  const shared = { group, times: charts.times, ...timeline };
  const rates = { format: formatRate, formatAxis: formatCompact };
  return (
    <Section id="time" title="Over time" says="Drag to zoom, double-click to see everything again.">
      {group.zoom.value !== undefined && (
        <button type="button" class="button" onClick={() => (group.zoom.value = undefined)}>
          Show the whole run
        </button>
      )}
      <div class="grid">
        <div class="card">
          <TimeChart
            title="Throughput"
            unit="requests per second"
            {...shared}
            {...rates}
            series={charts.throughput}
          />
        </div>
        <div class="card">
          <TimeChart
            title="Response time"
            {...shared}
            format={formatMs}
            formatAxis={formatMsShort}
            series={charts.latency}
          />
        </div>
        <div class="card">
          <TimeChart
            title="Users"
            {...shared}
            format={formatCount}
            formatAxis={formatCompact}
            series={charts.users}
          />
        </div>
        <div class="card">
          <TimeChart title="Failures" unit="per second" {...shared} {...rates} series={charts.failures} />
        </div>
      </div>
    </Section>
  );
}

function createCharts({ series }: ReportData): OverTimeCharts {
  const { spanSeconds, requests, failures, dropped, users } = series;
  const failed: TimeSeries = {
    label: 'failed',
    color: 'series-fail',
    values: perSecond(failures, spanSeconds),
    isArea: true,
  };
  return {
    times: spanTimes(requests.length, spanSeconds),
    throughput: [
      { label: 'requests', color: 'series-1', values: perSecond(requests, spanSeconds), isArea: true },
    ],
    latency: [
      { label: 'p50', color: 'rank-1', values: series.p50Ms },
      { label: 'p90', color: 'rank-2', values: series.p90Ms },
      { label: 'p95', color: 'rank-3', values: series.p95Ms },
      { label: 'p99', color: 'rank-4', values: series.p99Ms },
    ],
    users: [{ label: 'users', color: 'series-users', values: users, isArea: true }],
    failures: dropped.length === 0 ? [failed] : [failed, droppedLine(dropped, spanSeconds)],
  };
}

function droppedLine(dropped: readonly number[], spanSeconds: number): TimeSeries {
  return { label: 'arrivals dropped', color: 'series-4', values: perSecond(dropped, spanSeconds) };
}
