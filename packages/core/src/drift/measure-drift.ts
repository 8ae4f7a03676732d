import { quantileOf } from '../compare/block-bootstrap.ts';
import type { ComparedEntry } from '../compare/compared-span.ts';
import { measureEntry } from '../compare/measure-entry.ts';
import { isLongEnough, replicateMetric } from '../compare/replicate-metric.ts';
import { createRandom } from '../random.ts';
import { EMPTY_HISTOGRAM, mergeSparse, type SparseHistogram } from '../stats/sparse-histogram.ts';
import { formatMetric, type ThresholdMetric } from '../threshold/threshold-metric.ts';

/** What was measured in one second, or in a few. */
export interface DriftSpan {
  readonly requests: number;
  readonly failures: number;
  readonly latency: SparseHistogram;
  readonly spanSeconds: number;
}

/** How a metric changed from the first third of some seconds to the last. Values in the metric's unit. */
export interface DriftChange {
  /** As in thresholds: `p95`. */
  readonly metric: string;
  readonly first: number;
  readonly last: number;
  /** As a share of the first: 0.2 is 20 % more. Of errors, which may be 0 at first, the difference of the shares. */
  readonly change: number;
  /** Where the change lies, 99 % sure. */
  readonly low: number;
  readonly high: number;
}

const DRAWS = 1_000;
const TAIL = 0.005;
/** The same numbers always come to the same result. */
const SEED = 1;

/** Undefined where there are too few seconds, or nothing to measure. */
export function measureDrift(spans: readonly DriftSpan[], metric: ThresholdMetric): DriftChange | undefined {
  const size = Math.floor(spans.length / 3);
  const [first, last] = [join(spans.slice(0, size)), join(spans.slice(spans.length - size))];
  const [before, after] = [measureEntry(first, metric), measureEntry(last, metric)];
  const [drawFirst, drawLast] = [replicateMetric(first, metric), replicateMetric(last, metric)];
  if (size === 0 || !isLongEnough(first) || !isLongEnough(last)) return undefined;
  if (before === undefined || after === undefined || !drawFirst || !drawLast) return undefined;
  const change = metric.kind === 'errors' ? difference : relation;
  const random = createRandom(SEED, 'drift', formatMetric(metric));
  const drawn = Array.from({ length: DRAWS }, () => change(drawFirst(random), drawLast(random)));
  drawn.sort((a, b) => a - b);
  return {
    metric: formatMetric(metric),
    first: before,
    last: after,
    change: change(before, after),
    low: quantileOf(drawn, TAIL),
    high: quantileOf(drawn, 1 - TAIL),
  };
}

/** Whether a change is no chance. */
export function isCertain({ low, high }: DriftChange): boolean {
  return low > 0 || high < 0;
}

function difference(first: number, last: number): number {
  return last - first;
}

function relation(first: number, last: number): number {
  return first === 0 ? 0 : last / first - 1;
}

function join(spans: readonly DriftSpan[]): ComparedEntry {
  const sum = (of: (span: DriftSpan) => number): number => spans.reduce((total, span) => total + of(span), 0);
  return {
    requests: sum(({ requests }) => requests),
    failures: sum(({ failures }) => failures),
    seconds: sum(({ spanSeconds }) => spanSeconds),
    latency: spans.map(({ latency }) => latency).reduce(mergeSparse, EMPTY_HISTOGRAM),
    spans,
  };
}
