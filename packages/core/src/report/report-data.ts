import type { EntryResult, EntrySeries, HistogramJson, RunResult, RunSeries } from '../result/run-result.ts';
import { createHeatMapData, type HeatMapData } from './heat-map-data.ts';
import { createPercentileCurve, type PercentileCurve } from './percentile-curve.ts';
import { readHistogram } from './read-histogram.ts';

/** One line of the tables, with its latency as a curve. */
export interface EntryData extends Omit<EntryResult, 'latency' | 'serviceLatency'> {
  readonly curve: PercentileCurve;
  /** In open scenarios only. */
  readonly serviceCurve?: PercentileCurve | undefined;
}

/** Columns of equal length, one value for each span; null where nothing was measured. Times in milliseconds. */
export interface SeriesData extends Omit<RunSeries, 'latency' | 'entries'> {
  readonly p50Ms: readonly (number | null)[];
  readonly p90Ms: readonly (number | null)[];
  readonly p95Ms: readonly (number | null)[];
  readonly p99Ms: readonly (number | null)[];
  readonly maxMs: readonly (number | null)[];
  readonly heatMap: HeatMapData;
  readonly entries: readonly EntrySeries[];
}

/** What the pages draw of a result: its histograms as percentiles, curves and a heat map, at a tenth of the size. */
export interface ReportData extends Omit<RunResult, 'total' | 'entries' | 'generatorDelay' | 'series'> {
  readonly total: EntryData;
  readonly entries: readonly EntryData[];
  readonly series: SeriesData;
  /** How far requests were sent later than asked for. */
  readonly generatorCurve: PercentileCurve;
}

const SERIES_PERCENTILES = [50, 90, 95, 99, 100] as const;

export function createReportData(result: RunResult): ReportData {
  const { generatorDelay, series, ...rest } = result;
  return {
    ...rest,
    generatorCurve: createPercentileCurve(generatorDelay),
    total: createEntryData(result.total),
    entries: result.entries.map(createEntryData),
    series: createSeriesData(series),
    workerSeries: result.workerSeries.map(roundColumns),
  };
}

function createEntryData({ latency, serviceLatency, ...entry }: EntryResult): EntryData {
  const curve = createPercentileCurve(latency);
  return {
    ...entry,
    curve,
    ...(serviceLatency && { serviceCurve: createPercentileCurve(serviceLatency) }),
  };
}

/** A chart shows no more digits; they are most of what a report weighs. */
const CHART_DIGITS = 3;

function createSeriesData({ latency, entries, ...series }: RunSeries): SeriesData {
  const rows = latency.map(percentilesMs);
  const column = (index: number): (number | null)[] => rows.map((row) => roundValue(row[index] ?? null));
  return {
    ...series,
    p50Ms: column(0),
    p90Ms: column(1),
    p95Ms: column(2),
    p99Ms: column(3),
    maxMs: column(4),
    heatMap: createHeatMapData(latency, series.spanSeconds),
    entries: entries.map(roundColumns),
  };
}

/** The same columns, with each number as exact as a chart needs it. */
function roundColumns<Series extends object>(series: Series): Series {
  const rounded = Object.entries(series).map(([name, values]) => [
    name,
    Array.isArray(values) ? values.map(roundValue) : values,
  ]);
  return Object.fromEntries(rounded) as Series;
}

function roundValue(value: number | null): number | null {
  return value === null || Number.isInteger(value) ? value : Number(value.toPrecision(CHART_DIGITS));
}

function percentilesMs(json: HistogramJson): number[] {
  if (json.count === 0) return [];
  return readHistogram(json)
    .percentilesUs(SERIES_PERCENTILES)
    .map((valueUs) => valueUs / 1_000);
}
