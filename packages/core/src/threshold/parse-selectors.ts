import { suggest } from '../text/nearest-name.ts';
import { type GoodputCondition, parseCondition } from './goodput-condition.ts';
import { needAggregate } from './matches-selectors.ts';
import type { TextCursor } from './text-cursor.ts';
import { SELECTOR_FIELDS, type Selector, type SelectorField } from './threshold.ts';
import { formatMetric, isRequestMetric, streamTimeOf, type ThresholdMetric } from './threshold-metric.ts';

const FIELDS_OF_ARRIVALS: readonly SelectorField[] = ['class', 'scenario', 'stage'];

/**
 * Reads `{method="GET", name="/cart"}`, or nothing where there is no brace.
 * @param conditions takes what a goodput asks of each request
 * @throws LoadtsError `THRESHOLD_INVALID`
 */
export function parseSelectors(
  cursor: TextCursor,
  metric: ThresholdMetric,
  conditions?: GoodputCondition[],
): Selector[] {
  const selectors: Selector[] = [];
  if (cursor.take(/\{/y) === undefined) return selectors;
  do {
    const condition = conditions && parseCondition(cursor);
    if (condition) {
      conditions.push(condition);
      continue;
    }
    const { offset } = cursor;
    const selector = { field: readField(cursor, metric), value: readValue(cursor) };
    if (selectors.some(({ field }) => field === selector.field)) {
      throw cursor.problem(`${selector.field} is there twice`, { offset });
    }
    selectors.push(selector);
  } while (cursor.take(/,/y) !== undefined);
  if (cursor.take(/\}/y) === undefined) throw cursor.problem('expected a comma or } here');
  return selectors;
}

function readField(cursor: TextCursor, metric: ThresholdMetric): SelectorField {
  const { offset } = cursor;
  const name = cursor.take(/[a-z_]\w*/iy);
  if (name === undefined)
    throw cursor.problem('expected a selector here', { hint: 'for example: {name="/cart"}' });
  const field = SELECTOR_FIELDS.find((known) => known === name);
  if (!field) {
    const hint = suggest(name, SELECTOR_FIELDS, `there are ${SELECTOR_FIELDS.join(', ')}`);
    throw cursor.problem(`there is no selector ${name}`, { offset, hint });
  }
  if (!isRequestMetric(metric) && !FIELDS_OF_ARRIVALS.includes(field)) {
    throw cursor.problem(`${formatMetric(metric)} has no ${field}, since it does not count requests`, {
      offset,
      hint: `it can be narrowed down by ${FIELDS_OF_ARRIVALS.join(', ')}`,
    });
  }
  if (streamTimeOf(metric) && needAggregate([{ field }])) {
    throw cursor.problem(`${formatMetric(metric)} cannot be narrowed down by ${field}`, {
      offset,
      hint: 'the times of streams know their method and name only',
    });
  }
  return field;
}

function readValue(cursor: TextCursor): string {
  if (cursor.take(/=(?![=~])/y) === undefined) {
    throw cursor.problem('expected = here', { hint: 'a selector is an exact value, as in name="/cart"' });
  }
  const { offset } = cursor;
  const literal = cursor.take(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy);
  if (literal === undefined) {
    throw cursor.problem('expected a value in quotes here', {
      hint: 'write name="/cart", and in a shell put the whole threshold into single quotes',
    });
  }
  try {
    return unquote(literal);
  } catch {
    throw cursor.problem('this value cannot be read', {
      offset,
      hint: 'write \\" for " and \\\\ for \\ in it',
    });
  }
}

/** The escapes are those of JSON, and \' too. */
function unquote(literal: string): string {
  const inside = literal.slice(1, -1).replaceAll(/\\.|"/gs, (part) => {
    if (part === '"') return '\\"';
    return part === "\\'" ? "'" : part;
  });
  return String(JSON.parse(`"${inside}"`));
}
