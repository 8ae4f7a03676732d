import type { HistoryPoint } from '../stats/run-history.ts';
import { parseMetric, type ThresholdMetric } from '../threshold/threshold-metric.ts';
import { type DriftChange, isCertain, measureDrift } from './measure-drift.ts';
import { findSteadyState, type LoadBounds } from './steady-state.ts';

/** How the last third of the steady state differs from the first, where the load was the same. */
export interface DriftReport {
  /** The steady state, in seconds of the run. */
  readonly fromSecond: number;
  readonly seconds: number;
  readonly changes: readonly DriftChange[];
  /** What that looks like, in words; undefined where nothing changed that matters. */
  readonly trend: string | undefined;
}

const METRICS = ['p50', 'p95', 'errors', 'rps'] as const;
/** Shorter states say little, and a bootstrap of them nothing. */
const MIN_SECONDS = 30;
/** A change that is certain may still be too small to matter. */
const MATTERS = 0.1;
const MATTERS_OF_ERRORS = 0.01;

/** Undefined where the load was not the same for long enough. */
export function reportDrift(points: readonly HistoryPoint[], bounds: LoadBounds): DriftReport | undefined {
  const steady = findSteadyState(points, bounds);
  const seconds = steady.reduce((total, { spanSeconds }) => total + spanSeconds, 0);
  const [first] = steady;
  if (!first || seconds < MIN_SECONDS) return undefined;
  const changes = METRICS.flatMap((name) => measureDrift(steady, parseMetric(name) as ThresholdMetric) ?? []);
  if (changes.length === 0) return undefined;
  return { fromSecond: first.startSecond, seconds, changes, trend: nameTrend(changes) };
}

function nameTrend(changes: readonly DriftChange[]): string | undefined {
  const direction = (name: (typeof METRICS)[number]): number => {
    const found = changes.find(({ metric }) => metric === name);
    if (!found || !isCertain(found)) return 0;
    const least = name === 'errors' ? MATTERS_OF_ERRORS : MATTERS;
    return Math.abs(found.change) < least ? 0 : Math.sign(found.change);
  };
  const slower = direction('p50') > 0 || direction('p95') > 0;
  if (direction('errors') > 0) {
    return 'more and more requests fail: something runs out, such as connections, file handles, memory or a queue';
  }
  if (slower && direction('p50') <= 0) {
    return 'the slow requests get slower and the others do not: often pauses of a growing heap, or one resource that fills';
  }
  if (slower) {
    return 'it gets slower with the same load: something grows, such as a table, a cache, a queue or leaked memory';
  }
  if (direction('rps') < 0) return 'it gets through less and less with the same users';
  const faster = direction('p50') < 0 || direction('p95') < 0;
  return faster ? 'it gets faster: the first third was still warming up, so leave more of it out' : undefined;
}
