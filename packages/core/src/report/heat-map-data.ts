import { histogramFromJson } from '../result/histogram-json.ts';
import type { HistogramJson } from '../result/run-result.ts';
import { bucketHighestUs } from '../stats/histogram-layout.ts';

/** How many requests took how long, and when. */
export interface HeatMapData {
  /** Seconds that one column stands for. */
  readonly spanSeconds: number;
  /** Upper limits of the rows in milliseconds, ascending by a constant factor; the first row is open below. */
  readonly limitsMs: readonly number[];
  /** For each column pairs of a row's index and its count, without empty rows. */
  readonly columns: readonly (readonly number[])[];
}

const ROWS_PER_DECADE = 12;
const STEP = 10 ** (1 / ROWS_PER_DECADE);
const MAX_COLUMNS = 300;

/** Sums histograms, one for each span, into columns and rows that a person can tell apart. */
export function createHeatMapData(latency: readonly HistogramJson[], spanSeconds: number): HeatMapData {
  const perColumn = Math.max(1, Math.ceil(latency.length / MAX_COLUMNS));
  const measured = latency.filter(({ count }) => count > 0);
  const lowest = rowOf(
    measured.reduce((least, { minUs }) => Math.min(least, minUs), Number.POSITIVE_INFINITY),
  );
  const highest = rowOf(measured.reduce((most, { maxUs }) => Math.max(most, maxUs), 0));
  const rows = measured.length === 0 ? 0 : highest - lowest + 1;
  const columns: number[][] = [];
  for (let from = 0; from < latency.length; from += perColumn) {
    columns.push(sumRows(latency.slice(from, from + perColumn), lowest, rows));
  }
  return {
    spanSeconds: perColumn * spanSeconds,
    limitsMs: Array.from({ length: rows }, (_, row) => STEP ** (lowest + row + 1) / 1_000),
    columns,
  };
}

function sumRows(histograms: readonly HistogramJson[], lowest: number, rows: number): number[] {
  const counts = Array.from({ length: rows }, () => 0);
  for (const json of histograms) {
    const { indexes, counts: found, minUs, maxUs } = histogramFromJson(json);
    for (let i = 0; i < indexes.length; i++) {
      const valueUs = Math.min(maxUs, Math.max(minUs, bucketHighestUs(indexes[i] as number)));
      const row = rowOf(valueUs) - lowest;
      counts[row] = (counts[row] as number) + (found[i] as number);
    }
  }
  return counts.flatMap((count, row) => (count > 0 ? [row, count] : []));
}

/** Counted from 1 us. */
function rowOf(valueUs: number): number {
  return Math.floor(ROWS_PER_DECADE * Math.log10(Math.max(1, valueUs)));
}
