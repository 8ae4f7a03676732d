import type { RunResult } from '../result/run-result.ts';
import type { Selector } from '../threshold/threshold.ts';
import { parseMetric, type ThresholdMetric } from '../threshold/threshold-metric.ts';
import { drawChanges, type Interval, intervalOf, mean, measureResult } from './draw-change.ts';

/** What is compared of all requests together, in the order of its tables. */
export const COMPARED_METRICS = ['rps', 'errors', 'avg', 'p50', 'p95', 'p99', 'p99.9'] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];
/** What is compared of each entry. */
const ENTRY_METRICS: readonly ComparedMetric[] = ['errors', 'p50', 'p95', 'p99'];
/** The one whose interval says whether an entry has changed. */
const DECISIVE = 'p95';

/** One metric of the baseline and of the run, in its own unit; `undefined` where there was nothing to measure. */
export interface MetricChange {
  readonly metric: ComparedMetric;
  readonly baseline: number | undefined;
  readonly observed: number | undefined;
  /** Of the difference; `undefined` where it is not known. */
  readonly interval: Interval | undefined;
  /** What is certain of the difference, to the confidence of the interval. */
  readonly direction: 'better' | 'worse' | undefined;
}

export interface EntryChange {
  readonly method: string;
  readonly name: string;
  /** Mean of the baseline's runs. */
  readonly baselineRequests: number;
  readonly requests: number;
  readonly metrics: readonly MetricChange[];
}

/** A run beside the run, or the runs, of a baseline. */
export interface Comparison {
  readonly total: EntryChange;
  /** Those of both sides, by name. */
  readonly entries: readonly EntryChange[];
  /** Why the two may not be comparable, one sentence each. */
  readonly doubts: readonly string[];
}

/** Compares a run with a baseline, all of it and every entry. */
export function compareResults(result: RunResult, baselines: readonly RunResult[]): Comparison {
  const keys = new Map(
    [result, ...baselines].flatMap(({ entries }) =>
      entries.map(({ method, name }) => [`${method} ${name}`, { method, name }] as const),
    ),
  );
  const compare = (key: { method: string; name: string } | undefined): EntryChange =>
    compareEntry(result, baselines, key);
  return {
    total: compare(undefined),
    entries: [...keys.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(compare),
    doubts: baselines.flatMap((baseline) => findDoubts(result, baseline)),
  };
}

function compareEntry(
  result: RunResult,
  baselines: readonly RunResult[],
  key: { readonly method: string; readonly name: string } | undefined,
): EntryChange {
  const selectors: Selector[] = key
    ? [
        { field: 'method', value: key.method },
        { field: 'name', value: key.name },
      ]
    : [];
  const requestsOf = (run: RunResult): number =>
    key
      ? (run.entries.find(({ method, name }) => method === key.method && name === key.name)?.requests ?? 0)
      : run.total.requests;
  const metrics = key ? ENTRY_METRICS : COMPARED_METRICS;
  return {
    method: key?.method ?? '',
    name: key?.name ?? 'Aggregated',
    baselineRequests: mean(baselines.map(requestsOf)),
    requests: requestsOf(result),
    metrics: metrics.map((metric) =>
      compareMetric(metric, { result, baselines, selectors, isSure: !key || metric === DECISIVE }),
    ),
  };
}

interface Compared {
  readonly result: RunResult;
  readonly baselines: readonly RunResult[];
  readonly selectors: readonly Selector[];
  /** Whether to find out how sure the difference is, which takes its time. */
  readonly isSure: boolean;
}

function compareMetric(name: ComparedMetric, compared: Compared): MetricChange {
  const { result, baselines, selectors, isSure } = compared;
  const metric = parseMetric(name) as ThresholdMetric;
  const measured = measureResult(result, selectors, metric);
  const known = baselines.flatMap((baseline) => measureResult(baseline, selectors, metric) ?? []);
  const values = {
    metric: name,
    observed: measured?.value,
    baseline: known.length === 0 ? undefined : mean(known.map(({ value }) => value)),
  };
  const drawn = isSure && measured && known.length > 0 ? drawChanges(metric, measured, known, 0) : undefined;
  if (!drawn) return { ...values, interval: undefined, direction: undefined };
  const interval = intervalOf(drawn.map(({ value, base }) => value - base));
  return { ...values, interval, direction: directionOf(name, interval) };
}

function directionOf(metric: ComparedMetric, { low, high }: Interval): MetricChange['direction'] {
  if (low <= 0 && high >= 0) return undefined;
  return (metric === 'rps') === low > 0 ? 'better' : 'worse';
}

/** More than this share of difference in users or length makes other numbers too. */
const TOLERANCE = 0.1;

function findDoubts(result: RunResult, baseline: RunResult): string[] {
  const doubts: string[] = [];
  const differ = (a: number, b: number): boolean => Math.abs(a - b) > TOLERANCE * Math.max(a, b);
  if (differ(result.peakUsers, baseline.peakUsers)) {
    doubts.push(`the baseline had up to ${baseline.peakUsers} users, this run ${result.peakUsers}`);
  }
  if (result.host !== baseline.host) {
    doubts.push(
      `the baseline ran against ${baseline.host ?? 'no host'}, this run ${result.host ?? 'no host'}`,
    );
  }
  if (result.master.cores !== baseline.master.cores) {
    doubts.push(`the baseline ran on ${baseline.master.cores} cores, this run on ${result.master.cores}`);
  }
  for (const [name, run] of [
    ['the baseline', baseline],
    ['this run', result],
  ] as const) {
    const { kind } = run.verdict;
    if (kind === 'invalid' || kind === 'incomplete') doubts.push(`${name} is ${kind}`);
  }
  return doubts;
}
