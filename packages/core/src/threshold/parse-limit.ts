import { withoutNoise } from './number-text.ts';
import type { TextCursor } from './text-cursor.ts';
import { formatMetric, type MetricUnit, type ThresholdMetric, unitOf } from './threshold-metric.ts';

/** How much of the metric's own unit one of each is. */
const UNITS: Readonly<Record<MetricUnit, Readonly<Record<string, number>>>> = {
  milliseconds: { us: 0.001, ms: 1, s: 1_000 },
  share: { '': 1, '%': 0.01 },
  perSecond: { '': 1, '/s': 1 },
  count: { '': 1 },
};

const ADVICE: Readonly<Record<MetricUnit, string>> = {
  milliseconds: 'is a time: add ms, s or us, as in 300ms',
  share: 'is a share: write 1% or 0.01',
  perSecond: 'is a number a second: write 100 or 100/s',
  count: 'is a number: write 100',
};

/** Reads a number with its unit and gives it in the metric's unit. @throws LoadtsError `THRESHOLD_INVALID` */
export function parseLimit(cursor: TextCursor, metric: ThresholdMetric): number {
  const { offset } = cursor;
  const unit = unitOf(metric);
  const hint = `${formatMetric(metric)} ${ADVICE[unit]}`;
  const sign = readSign(cursor, metric);
  const number = cursor.take(/\d+(?:\.\d+)?/y);
  if (number === undefined) throw cursor.problem('expected a number here', { hint });
  if (!/^\d{1,12}(?:\.\d{1,6})?$/.test(number)) {
    throw cursor.problem('the number has too many digits', {
      offset,
      hint: 'at most 12, and 6 behind the point',
    });
  }
  const unitOffset = cursor.offset;
  const name = cursor.take(/(?!(?:over|after|abort)\b)[a-zµ%/]+/iy) ?? '';
  const factor = Object.hasOwn(UNITS[unit], name) ? UNITS[unit][name] : undefined;
  if (factor === undefined) {
    const message = name === '' ? 'the number has no unit' : `${name} is no unit of ${formatMetric(metric)}`;
    throw cursor.problem(message, { offset: name === '' ? offset : unitOffset, hint });
  }
  const limit = sign * withoutNoise(Number(number) * factor);
  if (isBeyondAll(metric, limit)) throw cursor.problem('more than all of the requests', { offset, hint });
  if (unit === 'count' && !Number.isInteger(limit)) {
    throw cursor.problem(`${number} is no whole number`, { offset, hint });
  }
  return limit;
}

/** A change has no bound; a share of the requests has. */
function isBeyondAll(metric: ThresholdMetric, limit: number): boolean {
  return unitOf(metric) === 'share' && metric.kind !== 'drift' && limit > 1;
}

/** A throughput that goes down drifts below 0; nothing else does. */
function readSign(cursor: TextCursor, metric: ThresholdMetric): 1 | -1 {
  return metric.kind === 'drift' && cursor.take(/-/y) !== undefined ? -1 : 1;
}
