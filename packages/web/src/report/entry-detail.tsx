import { type EntryCounts, type EntryData, type EntrySeries, type ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ChartGroup } from '../charts/chart-group.ts';
import { type CurveSeries, PercentileChart } from '../charts/percentile-chart.tsx';
import { TimeChart, type TimeSeries } from '../charts/time-chart.tsx';
import { formatCompact, formatCount, formatMs, formatMsShort, formatRate } from '../format/format-number.ts';
import { keyOf } from './entry-figures.ts';
import { EntryLabel } from './entry-label.tsx';
import { perSecond, type RunTimeline, shownSpans, spanTimes } from './run-timeline.ts';
import './requests.css';

export interface EntryDetailProps {
  readonly entry: EntryData;
  readonly run: ReportData;
  readonly group: ChartGroup;
  readonly timeline: RunTimeline;
  readonly onClose: () => void;
}

const OUTCOMES: readonly (readonly [keyof EntryCounts, string])[] = [
  ['ok', 'succeeded'],
  ['httpError', 'with an HTTP error'],
  ['checkFailed', 'with a failed check'],
  ['timeout', 'timed out'],
  ['connectionError', 'without a connection'],
  ['aborted', 'cut off at the end'],
  ['retried', 'sent a second time'],
];

/** One request over time, beside all requests together. */
export function EntryDetail(props: EntryDetailProps): JSX.Element {
  const { entry, run, group, timeline, onClose } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const curves = useMemo(() => compareCurves(entry, run), [entry, run]);
  const series = run.series.entries.find((candidate) => keyOf(candidate) === keyOf(entry));
  const outcomes = OUTCOMES.filter(([field]) => entry.counts[field] > 0);
  return (
    <div class="card detail" role="region" aria-label="Details of a request">
      <div class="detail-head">
        <h3 class="mono" ref={heading} tabIndex={-1}>
          <EntryLabel entry={entry} />
        </h3>
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </div>
      <ul class="outcomes">
        {outcomes.map(([field, label]) => (
          <li key={field}>
            <strong>{formatCount(entry.counts[field])}</strong> {label}
          </li>
        ))}
      </ul>
      <div class="grid">
        {series === undefined ? (
          <p class="empty wide">Second by second, only the most frequent requests are kept.</p>
        ) : (
          <EntryCharts series={series} seconds={run.durationSeconds} group={group} timeline={timeline} />
        )}
        <div class="wide">
          <PercentileChart title="Percentiles" theme={group.theme} series={curves} height={220} />
        </div>
      </div>
    </div>
  );
}

interface EntryChartsProps {
  readonly series: EntrySeries;
  readonly seconds: number;
  readonly group: ChartGroup;
  readonly timeline: RunTimeline;
}

function EntryCharts({ series, seconds, group, timeline }: EntryChartsProps): JSX.Element {
  const { throughput, latency, times } = useMemo(() => createCharts(series, seconds), [series, seconds]);
  const shared = { group, times, ...timeline };
  return (
    <>
      <TimeChart
        title="Throughput"
        unit="per second"
        {...shared}
        format={formatRate}
        formatAxis={formatCompact}
        series={throughput}
      />
      <TimeChart
        title="Response time"
        {...shared}
        format={formatMs}
        formatAxis={formatMsShort}
        series={latency}
      />
    </>
  );
}

interface Charts {
  readonly times: readonly number[];
  readonly throughput: readonly TimeSeries[];
  readonly latency: readonly TimeSeries[];
}

function createCharts(series: EntrySeries, durationSeconds: number): Charts {
  const { spanSeconds, requests, failures, p50Ms, p95Ms, p99Ms } = series;
  const shown = shownSpans(requests.length, spanSeconds, durationSeconds);
  const rate = (counts: readonly number[]): readonly number[] =>
    perSecond(counts.slice(0, shown), spanSeconds);
  return {
    times: spanTimes(shown, spanSeconds),
    throughput: [
      { label: 'requests', color: 'series-1', values: rate(requests), isArea: true },
      { label: 'failed', color: 'series-fail', values: rate(failures), isArea: true },
    ],
    latency: [
      { label: 'p50', color: 'rank-1', values: p50Ms.slice(0, shown) },
      { label: 'p95', color: 'rank-3', values: p95Ms.slice(0, shown) },
      { label: 'p99', color: 'rank-4', values: p99Ms.slice(0, shown) },
    ],
  };
}

function compareCurves(entry: EntryData, run: ReportData): CurveSeries[] {
  return [
    { label: 'this request', color: 'series-1', curve: entry.curve },
    ...(entry.serviceCurve
      ? [{ label: 'its service time', color: 'series-2', curve: entry.serviceCurve } as const]
      : []),
    { label: 'all requests', color: 'series-5', curve: run.total.curve },
  ];
}
