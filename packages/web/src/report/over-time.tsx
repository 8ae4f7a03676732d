import type { ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ColorName } from '../charts/chart-colors.ts';
import type { ChartGroup } from '../charts/chart-group.ts';
import { TimeChart, type TimeSeries } from '../charts/time-chart.tsx';
import { formatCompact, formatCount, formatMs, formatMsShort, formatRate } from '../format/format-number.ts';
import { perSecond, type RunTimeline, shownSpans, spanTimes } from './run-timeline.ts';
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
    <Section id="time" title="Over time" hint="Drag to zoom, double-click to see everything again.">
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

function createCharts({ series, durationSeconds }: ReportData): OverTimeCharts {
  const { spanSeconds, requests, failures, dropped, users } = series;
  const shown = shownSpans(requests.length, spanSeconds, durationSeconds);
  const line = (label: string, color: ColorName, values: readonly (number | null)[]): TimeSeries => {
    return { label, color, values: values.slice(0, shown) };
  };
  const rate = (label: string, color: ColorName, counts: readonly number[]): TimeSeries => {
    return { ...line(label, color, perSecond(counts, spanSeconds)), isArea: true };
  };
  const failed = rate('failed', 'series-fail', failures);
  return {
    times: spanTimes(shown, spanSeconds),
    throughput: [rate('requests', 'series-1', requests)],
    latency: [
      line('p50', 'rank-1', series.p50Ms),
      line('p90', 'rank-2', series.p90Ms),
      line('p95', 'rank-3', series.p95Ms),
      line('p99', 'rank-4', series.p99Ms),
    ],
    users: [{ ...line('users', 'series-users', users), isArea: true }],
    failures: dropped.length === 0 ? [failed] : [failed, rate('arrivals dropped', 'series-4', dropped)],
  };
}
