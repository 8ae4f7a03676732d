import { createRandom, type Random } from '../random.ts';
import { formatObserved, formatSelectors } from '../threshold/format-threshold.ts';
import { formatMetric } from '../threshold/threshold-metric.ts';
import { drawNormal, quantileOf } from './block-bootstrap.ts';
import { type ComparableResult, selectEntry } from './compared-entry.ts';
import type { ComparedEntry } from './compared-span.ts';
import { formatRegression } from './format-regression.ts';
import { measureEntry } from './measure-entry.ts';
import { limitFor, type Regression } from './regression.ts';
import { isLongEnough, type Replicate, replicateMetric } from './replicate-metric.ts';

/** So sure a difference has to be: one of a thousand intervals misses the truth. */
export const CONFIDENCE = 0.999;
const DRAWS = 2_000;

/** A range of the metric's unit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What a condition on the change since a baseline came to. */
export interface RegressionResult {
  /** The canonical text. */
  readonly regression: string;
  /** In the metric's unit, as `baseline` is; `undefined` where there was nothing to measure. */
  readonly observed: number | undefined;
  readonly baseline: number | undefined;
  /** Of the difference to the baseline; `undefined` where the runs are too short for one. */
  readonly interval: Interval | undefined;
  readonly passed: boolean;
  /** One sentence. */
  readonly reason: string;
}

/**
 * Compares a run with one or several runs of the baseline, whose differences say how much runs vary. It fails only
 * where the whole interval of what the difference may be lies beyond the limit. The same seed gives the same result.
 */
export function judgeRegression(
  regression: Regression,
  result: ComparableResult,
  baselines: readonly ComparableResult[],
  seed: number,
): RegressionResult {
  const { metric, selectors } = regression;
  const text = formatRegression(regression);
  const unknown = { regression: text, observed: undefined, baseline: undefined, interval: undefined };
  const what =
    selectors.length === 0 ? 'no request was measured' : `no request matched ${formatSelectors(selectors)}`;
  const entry = selectEntry(result, selectors);
  const observed = entry && measureEntry(entry, metric);
  if (!entry || observed === undefined) return { ...unknown, passed: false, reason: what };
  const known = baselines.flatMap((baseline) => {
    const of = selectEntry(baseline, selectors);
    const value = of && measureEntry(of, metric);
    return of && value !== undefined ? [{ entry: of, value }] : [];
  });
  if (known.length === 0) {
    return { ...unknown, observed, passed: false, reason: `in the baseline, ${what}` };
  }
  const values = known.map(({ value }) => value);
  const baseline = mean(values);
  const drawn = drawDifferences(regression, [entry, ...known.map(({ entry: of }) => of)], values, seed);
  return { regression: text, observed, baseline, ...conclude(regression, observed, baseline, drawn) };
}

/** What may have been, many times: the difference to the baseline, and by how much it is beyond the limit. */
interface Draws {
  readonly differences: readonly number[];
  readonly excesses: readonly number[];
}

function drawDifferences(
  { metric, operator, limit }: Regression,
  entries: readonly ComparedEntry[],
  values: readonly number[],
  seed: number,
): Draws | undefined {
  if (!entries.every(isLongEnough)) return undefined;
  const [own, ...others] = entries.map((entry) => replicateMetric(entry, metric)) as [
    Replicate,
    ...Replicate[],
  ];
  const random: Random = createRandom(seed, 'compare', formatMetric(metric));
  const betweenRuns = deviation(values) * Math.sqrt(1 + 1 / values.length);
  const draws = Array.from({ length: DRAWS }, () => {
    const value = own(random) + betweenRuns * drawNormal(random);
    const base = mean(others.map((replicate) => replicate(random)));
    const beyond = value - limitFor(limit, base);
    return { difference: value - base, excess: operator === '<' ? beyond : -beyond };
  });
  const sorted = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);
  return {
    differences: sorted(draws.map(({ difference }) => difference)),
    excesses: sorted(draws.map(({ excess }) => excess)),
  };
}

function conclude(
  regression: Regression,
  observed: number,
  baseline: number,
  draws: Draws | undefined,
): Pick<RegressionResult, 'passed' | 'reason' | 'interval'> {
  const { metric, operator, limit } = regression;
  const show = (value: number): string =>
    formatObserved({ ...regression, limit: Number.NaN, afterWarmup: false, abort: false }, value);
  const bound = `${operator === '<' ? 'at most' : 'at least'} ${show(limitFor(limit, baseline))}`;
  const values = `${formatMetric(metric)} was ${show(observed)}, ${show(baseline)} in the baseline, ${bound}`;
  if (!draws) {
    return { passed: true, interval: undefined, reason: `${values}; too short a run to be sure of a change` };
  }
  const tail = (1 - CONFIDENCE) / 2;
  const interval = {
    low: quantileOf(draws.differences, tail),
    high: quantileOf(draws.differences, 1 - tail),
  };
  const passed = quantileOf(draws.excesses, tail) <= 0;
  const range = `${withSign(interval.low, show)} to ${withSign(interval.high, show)}`;
  return { passed, interval, reason: `${values}; the change is ${range} (${100 * CONFIDENCE} % sure)` };
}

function withSign(value: number, show: (value: number) => string): string {
  return `${value < 0 ? '-' : '+'}${show(Math.abs(value))}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** Of single runs from their mean; 0 for one run, which says nothing of others. */
function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}
