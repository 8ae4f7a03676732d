import type { Random } from '../random.ts';
import { bucketHighestUs } from '../stats/histogram-layout.ts';
import { mergeSparse } from '../stats/sparse-histogram.ts';
import type { LatencyStatistic, ThresholdMetric } from '../threshold/threshold-metric.ts';
import { drawNormal, drawSpans } from './block-bootstrap.ts';
import { type ComparedEntry, type ComparedSpan, SPAN_PERCENTILES } from './compared-span.ts';
import { measureEntry } from './measure-entry.ts';

/** Gives the value that the metric might as well have had, had the run been repeated under the same conditions. */
export type Replicate = (random: Random) => number;

/** More spans make no better interval, only a slower one. */
const MAX_SPANS = 240;
/** With fewer spans the blocks are too few to say how much a run varies. */
const MIN_SPANS = 10;

/** Whether a result is long enough for an interval that means something. */
export function isLongEnough({ spans }: ComparedEntry): boolean {
  return spans.length === 0 || spans.filter(({ requests }) => requests > 0).length >= MIN_SPANS;
}

/** How the metric varies in this run; `undefined` where it has no value. */
export function replicateMetric(entry: ComparedEntry, metric: ThresholdMetric): Replicate | undefined {
  const observed = measureEntry(entry, metric);
  if (observed === undefined) return undefined;
  const spans = joinSpans(entry.spans);
  if (spans.length === 0) return replicateCounts(entry, metric, observed);
  if (metric.kind !== 'latency') return replicateCounted(spans, metric, observed);
  const { statistic } = metric;
  if (spans.some(({ latency }) => latency)) return replicateLatency(spans, statistic);
  return replicatePercentile(spans, statistic, observed);
}

function joinSpans(spans: readonly ComparedSpan[]): ComparedSpan[] {
  const size = Math.ceil(spans.length / MAX_SPANS);
  // Percentiles cannot be joined; there are few enough of those numbers.
  if (size <= 1 || spans.some(({ percentilesMs }) => percentilesMs)) return [...spans];
  return Array.from({ length: Math.ceil(spans.length / size) }, (_, i) =>
    spans.slice(i * size, (i + 1) * size).reduce(joinTwo),
  );
}

function joinTwo(a: ComparedSpan, b: ComparedSpan): ComparedSpan {
  const counts = { requests: a.requests + b.requests, failures: a.failures + b.failures };
  const latency = a.latency && b.latency ? mergeSparse(a.latency, b.latency) : (a.latency ?? b.latency);
  return latency ? { ...counts, latency } : counts;
}

function replicateCounted(
  spans: readonly ComparedSpan[],
  metric: ThresholdMetric,
  observed: number,
): Replicate {
  const requests = spans.reduce((total, span) => total + span.requests, 0);
  return (random) => {
    let [drawnRequests, drawnFailures] = [0, 0];
    for (const i of drawSpans(spans.length, random)) {
      drawnRequests += (spans[i] as ComparedSpan).requests;
      drawnFailures += (spans[i] as ComparedSpan).failures;
    }
    if (metric.kind === 'rps') return requests === 0 ? observed : (observed * drawnRequests) / requests;
    return drawnRequests === 0 ? observed : drawnFailures / drawnRequests;
  };
}

/** Merges the histograms of the drawn spans, over the buckets that the run has. */
function replicateLatency(spans: readonly ComparedSpan[], statistic: LatencyStatistic): Replicate {
  const histograms = spans.flatMap(({ latency }) => latency ?? []);
  const indexes = [...new Set(histograms.flatMap((histogram) => [...histogram.indexes]))].sort(
    (a, b) => a - b,
  );
  const placeOf = new Map(indexes.map((index, place) => [index, place]));
  const places = histograms.map((histogram) =>
    Uint32Array.from(histogram.indexes, (index) => placeOf.get(index) as number),
  );
  const merged = new Float64Array(indexes.length);
  return (random) => {
    merged.fill(0);
    let [count, sumUs] = [0, 0];
    for (const drawn of drawSpans(histograms.length, random)) {
      const histogram = histograms[drawn] as (typeof histograms)[number];
      const at = places[drawn] as Uint32Array;
      for (let i = 0; i < at.length; i++) {
        const place = at[i] as number;
        merged[place] = (merged[place] as number) + (histogram.counts[i] as number);
      }
      count += histogram.count;
      sumUs += histogram.sumUs;
    }
    if (statistic === 'avg') return count === 0 ? 0 : sumUs / count / 1_000;
    return bucketHighestUs(indexes[placeOfRank(merged, (Number(statistic) / 100) * count)] as number) / 1_000;
  };
}

function placeOfRank(counts: Float64Array, rank: number): number {
  let seen = 0;
  for (let place = 0; place < counts.length; place++) {
    seen += counts[place] as number;
    if (seen >= rank) return place;
  }
  return counts.length - 1;
}

/** Where only the percentiles of each span are known: the value of the whole run, as much off as their mean is. */
function replicatePercentile(
  spans: readonly ComparedSpan[],
  statistic: LatencyStatistic,
  observed: number,
): Replicate {
  const wanted = statistic === 'avg' ? 50 : Number(statistic);
  const percentile = SPAN_PERCENTILES.reduce((nearest, candidate) =>
    Math.abs(candidate - wanted) < Math.abs(nearest - wanted) ? candidate : nearest,
  );
  const meanOf = (drawn: readonly number[]): number => {
    let [weight, sum] = [0, 0];
    for (const i of drawn) {
      const { requests, percentilesMs } = spans[i] as ComparedSpan;
      const value = percentilesMs?.[percentile];
      if (typeof value !== 'number') continue;
      weight += requests;
      sum += requests * value;
    }
    return weight === 0 ? 0 : sum / weight;
  };
  const mean = meanOf(spans.map((_, i) => i));
  return (random) => (mean === 0 ? observed : (observed * meanOf(drawSpans(spans.length, random))) / mean);
}

/** Where nothing is known of single spans: as if requests did not depend on each other. */
function replicateCounts(entry: ComparedEntry, metric: ThresholdMetric, observed: number): Replicate {
  const { requests, latency } = entry;
  if (metric.kind === 'rps')
    return (random) => observed * (1 + drawNormal(random) / Math.sqrt(requests || 1));
  if (metric.kind !== 'latency') {
    const deviation = Math.sqrt((observed * (1 - observed)) / Math.max(1, requests));
    return (random) => observed + deviation * drawNormal(random);
  }
  const share = metric.statistic === 'avg' ? 0.5 : Number(metric.statistic) / 100;
  const deviation = Math.sqrt((share * (1 - share)) / latency.count);
  return (random) => {
    const statistic = 100 * Math.min(1, Math.max(0.0001, share + deviation * drawNormal(random)));
    const value = measureEntry(entry, { kind: 'latency', series: 'response', statistic }) ?? observed;
    return metric.statistic === 'avg' ? observed + value - medianOf(entry) : value;
  };
}

function medianOf(entry: ComparedEntry): number {
  return measureEntry(entry, { kind: 'latency', series: 'response', statistic: 50 }) ?? 0;
}
