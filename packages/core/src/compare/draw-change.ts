import { createRandom } from '../random.ts';
import type { Selector } from '../threshold/threshold.ts';
import { formatMetric, type ThresholdMetric } from '../threshold/threshold-metric.ts';
import { drawNormal, quantileOf } from './block-bootstrap.ts';
import { type ComparableResult, selectEntry } from './compared-entry.ts';
import type { ComparedEntry } from './compared-span.ts';
import { measureEntry } from './measure-entry.ts';
import { isLongEnough, type Replicate, replicateMetric } from './replicate-metric.ts';

/** So sure an interval is: one of a thousand misses the truth. */
export const CONFIDENCE = 0.999;
const DRAWS = 2_000;

/** A range of the metric's unit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An entry with the value that a metric has for it. */
export interface MeasuredEntry {
  readonly entry: ComparedEntry;
  /** In the metric's unit. */
  readonly value: number;
}

/** What the selectors match in a result, with the metric's value; `undefined` where there is nothing to measure. */
export function measureResult(
  result: ComparableResult,
  selectors: readonly Selector[],
  metric: ThresholdMetric,
): MeasuredEntry | undefined {
  const entry = selectEntry(result, selectors);
  const value = entry && measureEntry(entry, metric);
  return entry && value !== undefined ? { entry, value } : undefined;
}

/** Two values that may as well have come out: of the run, and the mean of the baseline's runs. */
export interface DrawnChange {
  readonly value: number;
  readonly base: number;
}

/**
 * Draws values of a run and its baseline many times; several runs of the baseline say how much runs differ. The same
 * seed gives the same values; `undefined` where a run is too short to say how much it varies.
 */
export function drawChanges(
  metric: ThresholdMetric,
  measured: MeasuredEntry,
  baselines: readonly MeasuredEntry[],
  seed: number,
): DrawnChange[] | undefined {
  const all = [measured, ...baselines].map(({ entry }) => entry);
  if (!all.every(isLongEnough)) return undefined;
  const [own, ...others] = all.map((entry) => replicateMetric(entry, metric)) as [Replicate, ...Replicate[]];
  const random = createRandom(seed, 'compare', formatMetric(metric));
  const values = baselines.map(({ value }) => value);
  const betweenRuns = deviation(values) * Math.sqrt(1 + 1 / values.length);
  return Array.from({ length: DRAWS }, () => ({
    value: own(random) + betweenRuns * drawNormal(random),
    base: mean(others.map((replicate) => replicate(random))),
  }));
}

/** Where the middle of the values lies that `CONFIDENCE` asks for. */
export function intervalOf(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const tail = (1 - CONFIDENCE) / 2;
  return { low: quantileOf(sorted, tail), high: quantileOf(sorted, 1 - tail) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** Of single runs from their mean; 0 for one run, which says nothing of others. */
function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}
