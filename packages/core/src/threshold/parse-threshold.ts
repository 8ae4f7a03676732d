import { parseDurationMs } from '../duration.ts';
import { LoadtsError } from '../errors.ts';
import { suggest } from '../text/nearest-name.ts';
import type { GoodputCondition } from './goodput-condition.ts';
import { parseLimit } from './parse-limit.ts';
import { parseSelectors } from './parse-selectors.ts';
import { TextCursor } from './text-cursor.ts';
import { isUpperBound, type Threshold, type ThresholdOperator } from './threshold.ts';
import {
  canDrift,
  formatMetric,
  METRIC_NAMES,
  parseMetric,
  type ThresholdMetric,
  unitOf,
} from './threshold-metric.ts';

/** A window keeps one histogram for each of its seconds. */
const MAX_WINDOW_SECONDS = 600;
const OTHER_HINT =
  'there are percentiles such as p95, avg, min, max, each with ttfb., service., ttfe., gap. or tpot. before it too, drift(p95) and so on, goodput, and errors, rps, requests, failures, dropped, exceptions';

interface Clauses {
  readonly overSeconds?: number;
  readonly afterWarmup?: true;
  readonly abort?: true;
}

/**
 * Reads one threshold, such as `p95{name="/cart"} < 300ms over 30s abort`.
 * @throws LoadtsError `THRESHOLD_INVALID` with a caret under what is wrong.
 */
export function parseThreshold(text: string): Threshold {
  const cursor = new TextCursor(text);
  const named = readMetric(cursor);
  const conditions: GoodputCondition[] = [];
  const isGoodput = named.kind === 'goodput';
  const selectors = parseSelectors(cursor, named, isGoodput ? conditions : undefined);
  const metric = isGoodput ? { ...named, conditions } : named;
  const operator = cursor.take(/[<>]=?(?!=)/y);
  if (operator === undefined) {
    throw cursor.problem('expected <, <=, > or >= here', {
      hint: 'for example: p95 < 300ms',
    });
  }
  const bound = {
    metric,
    selectors,
    operator: operator as ThresholdOperator,
    limit: parseLimit(cursor, metric),
  };
  const clauses = readClauses(cursor, bound);
  return { ...bound, ...clauses, afterWarmup: clauses.afterWarmup ?? false, abort: clauses.abort ?? false };
}

/** Reads all of them. @throws LoadtsError `THRESHOLD_INVALID` with the problems of each one that is wrong. */
export function parseThresholds(texts: readonly string[]): Threshold[] {
  const problems: string[] = [];
  const thresholds = texts.flatMap((text) => {
    try {
      return [parseThreshold(text)];
    } catch (error) {
      if (!(error instanceof LoadtsError)) throw error;
      problems.push(error.hint === undefined ? error.message : `${error.message}\n  ${error.hint}`);
      return [];
    }
  });
  if (problems.length > 0) {
    throw new LoadtsError('THRESHOLD_INVALID', problems.join('\n'), {
      hint: 'docs/reference/thresholds.md has the grammar and examples',
    });
  }
  return thresholds;
}

function readMetric(cursor: TextCursor): ThresholdMetric {
  const { offset } = cursor;
  const name = cursor.take(/[a-z][\w.]*/iy);
  if (name === undefined) {
    throw cursor.problem('expected a metric here', { hint: 'for example: p95 < 300ms, or errors < 1%' });
  }
  if (name === 'drift') return readDrift(cursor);
  const metric = parseMetric(name);
  if (metric) return metric;
  throw cursor.problem(`there is no metric ${name}`, {
    hint: suggest(name, METRIC_NAMES, OTHER_HINT),
    offset,
  });
}

/** What stands in the brackets of `drift(p95)`. */
function readDrift(cursor: TextCursor): ThresholdMetric {
  const hint = 'for example: drift(p95) < 10%';
  if (cursor.take(/\(/y) === undefined) throw cursor.problem('expected ( with a metric here', { hint });
  const { offset } = cursor;
  const of = parseMetric(cursor.take(/[a-z][\w.]*/iy) ?? '');
  if (!of || !canDrift(of)) {
    throw cursor.problem('a drift is that of a percentile, avg, errors or rps', { hint, offset });
  }
  if (cursor.take(/\)/y) === undefined) throw cursor.problem('expected ) here', { hint });
  return { kind: 'drift', of };
}

function readClauses(cursor: TextCursor, bound: Pick<Threshold, 'metric' | 'operator'>): Clauses {
  let clauses: Clauses = {};
  let abortOffset = 0;
  while (!cursor.isAtEnd) {
    const { offset } = cursor;
    const word = cursor.take(/[a-z]+/iy);
    const clause = readClause(cursor, word, offset);
    if (Object.keys(clause).some((name) => name in clauses)) {
      throw cursor.problem(`${word} is there twice`, { offset });
    }
    if (bound.metric.kind === 'drift' && !clause.afterWarmup) {
      throw cursor.problem(`a drift can have no ${word}`, {
        offset,
        hint: 'it is that of the whole steady state',
      });
    }
    if (clause.abort) abortOffset = offset;
    clauses = { ...clauses, ...clause };
  }
  const isGrowing =
    unitOf(bound.metric) === 'count' && !isUpperBound(bound) && clauses.overSeconds === undefined;
  if (clauses.abort && isGrowing) {
    const name = formatMetric(bound.metric);
    throw cursor.problem(`abort cannot judge a least number of ${name} before the run's end`, {
      offset: abortOffset,
      hint: 'use rps, or add over 30s to look at windows',
    });
  }
  return clauses;
}

function readClause(cursor: TextCursor, word: string | undefined, offset: number): Clauses {
  if (word === 'abort') return { abort: true };
  if (word === 'over') return { overSeconds: readWindow(cursor) };
  if (word === 'after') {
    if (cursor.take(/warmup\b/y) === undefined) {
      throw cursor.problem('expected warmup here', { hint: 'for example: p95 < 300ms after warmup' });
    }
    return { afterWarmup: true };
  }
  throw cursor.problem('expected over, after warmup, abort or the end here', {
    offset,
    hint: suggest(
      word ?? '',
      ['over', 'after', 'abort'],
      'for example: p95 < 300ms over 30s after warmup abort',
    ),
  });
}

function readWindow(cursor: TextCursor): number {
  const { offset } = cursor;
  const text = cursor.take(/[\d.]+[a-z\d.]*/iy);
  if (text === undefined) throw cursor.problem('expected a duration here', { hint: 'for example: over 30s' });
  const seconds = secondsOf(text);
  if (seconds !== undefined && Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_WINDOW_SECONDS) {
    return seconds;
  }
  throw cursor.problem(`a window cannot last ${text}`, {
    offset,
    hint: `write whole seconds, from 1s to ${MAX_WINDOW_SECONDS}s`,
  });
}

function secondsOf(duration: string): number | undefined {
  try {
    return parseDurationMs(duration) / 1_000;
  } catch {
    return undefined;
  }
}
