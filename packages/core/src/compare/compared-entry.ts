import { histogramFromJson } from '../result/histogram-json.ts';
import type { EntryResult, EntrySeries, RunResult } from '../result/run-result.ts';
import { mergeSparse } from '../stats/sparse-histogram.ts';
import { matchesSelectors } from '../threshold/matches-selectors.ts';
import type { Selector } from '../threshold/threshold.ts';
import { type ComparedEntry, type ComparedSpan } from './compared-span.ts';

export type ComparableResult = Pick<
  RunResult,
  'durationSeconds' | 'skippedSeconds' | 'total' | 'entries' | 'series'
>;

/** What the selectors match; `undefined` where nothing does. */
export function selectEntry(
  result: ComparableResult,
  selectors: readonly Selector[],
): ComparedEntry | undefined {
  if (selectors.length === 0) return ofTotal(result);
  const matching = result.entries.filter((entry) => matchesSelectors(selectors, entry));
  const [first, ...others] = matching;
  if (!first) return undefined;
  const series = result.series.entries.find(
    ({ method, name }) => method === first.method && name === first.name,
  );
  const spans = others.length === 0 && series ? entrySpans(result, series) : [];
  return { ...sumOf(matching), seconds: secondsOf(result), spans };
}

function ofTotal(result: ComparableResult): ComparedEntry {
  const { requests, failures, latency, spanSeconds } = result.series;
  const spans = requests.map((count, i): ComparedSpan => {
    const histogram = latency[i];
    const base = { requests: count, failures: failures[i] ?? 0 };
    return histogram ? { ...base, latency: histogramFromJson(histogram) } : base;
  });
  return { ...sumOf([result.total]), seconds: secondsOf(result), spans: counted(result, spans, spanSeconds) };
}

function sumOf(entries: readonly EntryResult[]): Pick<ComparedEntry, 'requests' | 'failures' | 'latency'> {
  const total = (field: 'requests' | 'failures'): number =>
    entries.reduce((sum, entry) => sum + entry[field], 0);
  const latency = entries.map((entry) => histogramFromJson(entry.latency)).reduce(mergeSparse);
  return { requests: total('requests'), failures: total('failures'), latency };
}

function entrySpans(result: ComparableResult, series: EntrySeries): ComparedSpan[] {
  const spans = series.requests.map((requests, i): ComparedSpan => {
    const percentilesMs = {
      50: series.p50Ms[i] ?? null,
      95: series.p95Ms[i] ?? null,
      99: series.p99Ms[i] ?? null,
    };
    return { requests, failures: series.failures[i] ?? 0, percentilesMs };
  });
  return counted(result, spans, series.spanSeconds);
}

/** Without what is in no number, and without a last span that is not full. */
function counted(
  { skippedSeconds, durationSeconds }: ComparableResult,
  spans: readonly ComparedSpan[],
  spanSeconds: number,
): ComparedSpan[] {
  const from = Math.ceil(skippedSeconds / spanSeconds);
  return spans.slice(from, Math.max(from, Math.floor(durationSeconds / spanSeconds)));
}

function secondsOf({ durationSeconds, skippedSeconds }: ComparableResult): number {
  return durationSeconds - skippedSeconds;
}
