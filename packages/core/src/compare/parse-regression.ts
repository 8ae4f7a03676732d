import { LoadtsError } from '../errors.ts';
import { suggest } from '../text/nearest-name.ts';
import { parseLimit } from '../threshold/parse-limit.ts';
import { parseSelectors } from '../threshold/parse-selectors.ts';
import { TextCursor } from '../threshold/text-cursor.ts';
import { formatMetric, parseMetric, type ThresholdMetric } from '../threshold/threshold-metric.ts';
import type { Regression, RegressionLimit } from './regression.ts';

const COMPARED = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'avg', 'errors', 'rps'];
const EXAMPLE = 'for example: p95 < max(1.10x, +20ms), errors < +1%, or rps > 0.9x';
const MAX_DEPTH = 5;

/**
 * Reads one condition on the change since a baseline, such as `p95 < max(1.10x, +20ms)`.
 * @throws LoadtsError `THRESHOLD_INVALID` with a caret under what is wrong.
 */
export function parseRegression(text: string): Regression {
  const cursor = new TextCursor(text);
  const metric = readMetric(cursor);
  const selectorOffset = cursor.offset;
  const selectors = parseSelectors(cursor, metric);
  const unknown = selectors.find(({ field }) => field !== 'method' && field !== 'name');
  if (unknown) {
    throw cursor.problem(`results do not tell apart requests by ${unknown.field}`, {
      offset: selectorOffset,
      hint: 'use method and name, as in p95{name="/cart"} < 1.10x',
    });
  }
  const operator = cursor.take(/[<>](?!=)/y);
  if (operator === undefined) throw cursor.problem('expected < or > here', { hint: EXAMPLE });
  const limit = readLimit(cursor, metric, 0);
  if (!cursor.isAtEnd) throw cursor.problem('expected the end here', { hint: EXAMPLE });
  return { metric, selectors, operator: operator as '<' | '>', limit };
}

/** Reads all of them. @throws LoadtsError `THRESHOLD_INVALID` with the problems of each one that is wrong. */
export function parseRegressions(texts: readonly string[]): Regression[] {
  const problems: string[] = [];
  const regressions = texts.flatMap((text) => {
    try {
      return [parseRegression(text)];
    } catch (error) {
      if (!(error instanceof LoadtsError)) throw error;
      problems.push(error.hint === undefined ? error.message : `${error.message}\n  ${error.hint}`);
      return [];
    }
  });
  if (problems.length === 0) return regressions;
  throw new LoadtsError('THRESHOLD_INVALID', problems.join('\n'), {
    hint: 'docs/guide/comparing-runs.md has the grammar and examples',
  });
}

function readMetric(cursor: TextCursor): ThresholdMetric {
  const { offset } = cursor;
  const name = cursor.take(/[a-z][\w.]*/iy);
  if (name === undefined) throw cursor.problem('expected a metric here', { hint: EXAMPLE });
  const metric = parseMetric(name);
  if (metric && isComparable(metric)) return metric;
  const known = `${COMPARED.join(', ')} can be compared`;
  throw cursor.problem(metric ? `${name} is not compared between runs` : `there is no metric ${name}`, {
    hint: metric ? known : suggest(name, COMPARED, known),
    offset,
  });
}

/** The extremes are those of one request, and counts depend on how long a run was. */
function isComparable(metric: ThresholdMetric): boolean {
  if (metric.kind === 'latency') {
    const { series, statistic } = metric;
    return series === 'response' && statistic !== 'min' && statistic !== 'max' && statistic !== 100;
  }
  return metric.kind === 'errors' || metric.kind === 'rps';
}

function readLimit(cursor: TextCursor, metric: ThresholdMetric, depth: number): RegressionLimit {
  const { offset } = cursor;
  const choice = depth < MAX_DEPTH ? cursor.take(/(?:max|min)\s*\(/y) : undefined;
  if (choice !== undefined) {
    return { kind: choice.startsWith('max') ? 'max' : 'min', of: readList(cursor, metric, depth) };
  }
  const factor = cursor.take(/\d{1,6}(?:\.\d{1,6})?\s*x\b/y);
  if (factor !== undefined) return { kind: 'factor', factor: Number.parseFloat(factor) };
  const sign = cursor.take(/[+-]/y);
  if (sign === undefined) {
    throw cursor.problem('expected a change here', {
      offset,
      hint: `write how much more or less than the baseline; ${EXAMPLE}`,
    });
  }
  const amount = parseLimit(cursor, metric);
  return { kind: 'offset', offset: sign === '-' ? -amount : amount };
}

function readList(cursor: TextCursor, metric: ThresholdMetric, depth: number): RegressionLimit[] {
  const limits: RegressionLimit[] = [];
  do limits.push(readLimit(cursor, metric, depth + 1));
  while (cursor.take(/,/y) !== undefined);
  if (cursor.take(/\)/y) === undefined) {
    throw cursor.problem('expected a comma or ) here', { hint: `${formatMetric(metric)}: ${EXAMPLE}` });
  }
  return limits;
}
