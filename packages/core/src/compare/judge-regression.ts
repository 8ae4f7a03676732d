import { formatObserved, formatSelectors } from '../threshold/format-threshold.ts';
import { formatMetric, type ThresholdMetric } from '../threshold/threshold-metric.ts';
import type { ComparableResult } from './compared-entry.ts';
import {
  CONFIDENCE,
  type DrawnChange,
  drawChanges,
  type Interval,
  intervalOf,
  mean,
  measureResult,
} from './draw-change.ts';
import { formatRegression } from './format-regression.ts';
import { limitFor, type Regression } from './regression.ts';

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
  const nothing =
    selectors.length === 0 ? 'no request was measured' : `no request matched ${formatSelectors(selectors)}`;
  const measured = measureResult(result, selectors, metric);
  if (!measured) return { ...unknown, passed: false, reason: nothing };
  const known = baselines.flatMap((baseline) => measureResult(baseline, selectors, metric) ?? []);
  if (known.length === 0) {
    return { ...unknown, observed: measured.value, passed: false, reason: `in the baseline, ${nothing}` };
  }
  const values = { observed: measured.value, baseline: mean(known.map(({ value }) => value)) };
  const drawn = drawChanges(metric, measured, known, seed);
  return { regression: text, ...values, ...conclude(regression, values, drawn) };
}

function conclude(
  regression: Regression,
  { observed, baseline }: { readonly observed: number; readonly baseline: number },
  drawn: readonly DrawnChange[] | undefined,
): Pick<RegressionResult, 'passed' | 'reason' | 'interval'> {
  const { metric, operator, limit } = regression;
  const show = (value: number): string => formatValue(metric, value);
  const bound = `${operator === '<' ? 'at most' : 'at least'} ${show(limitFor(limit, baseline))}`;
  const values = `${formatMetric(metric)} was ${show(observed)}, ${show(baseline)} in the baseline, ${bound}`;
  if (!drawn) {
    return { passed: true, interval: undefined, reason: `${values}; too short a run to be sure of a change` };
  }
  const interval = intervalOf(drawn.map(({ value, base }) => value - base));
  const beyond = intervalOf(drawn.map(({ value, base }) => value - limitFor(limit, base)));
  const passed = operator === '<' ? beyond.low <= 0 : beyond.high >= 0;
  const range = `${withSign(interval.low, show)} to ${withSign(interval.high, show)}`;
  return { passed, interval, reason: `${values}; the change is ${range} (${100 * CONFIDENCE} % sure)` };
}

/** With three digits and its unit. */
function formatValue(metric: ThresholdMetric, value: number): string {
  const free = {
    metric,
    selectors: [],
    operator: '<',
    limit: Number.NaN,
    afterWarmup: false,
    abort: false,
  } as const;
  return formatObserved(free, value);
}

function withSign(value: number, show: (value: number) => string): string {
  return `${value < 0 ? '-' : '+'}${show(Math.abs(value))}`;
}
