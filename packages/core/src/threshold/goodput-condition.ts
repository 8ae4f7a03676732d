import { quantileOf } from '../compare/block-bootstrap.ts';
import { readTimeName } from '../stream/stream-time.ts';
import { withoutNoise } from './number-text.ts';
import type { TextCursor } from './text-cursor.ts';

/** The times that one request has. */
export const GOODPUT_TIMES = ['response', 'ttfb', 'ttfe', 'gap', 'tpot'] as const;

export type GoodputTime = (typeof GOODPUT_TIMES)[number];

/** `gap.p95 < 50ms`: what one request has to keep to. */
export interface GoodputCondition {
  readonly time: GoodputTime;
  /** Of its gaps, of which a request has many: a percentile, 100 is the longest. */
  readonly percentile: number;
  readonly limitMs: number;
}

/** One request's times in milliseconds; what was not measured is missing. */
export interface RequestTimes {
  readonly response: number;
  readonly ttfb?: number | undefined;
  readonly ttfe?: number | undefined;
  readonly gaps?: readonly number[] | undefined;
  readonly tpot?: number | undefined;
}

const HINT = 'for example: goodput{ttfe < 200ms, gap.p95 < 50ms} > 95%';
const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

/** Reads one condition; `undefined` where none begins here. @throws LoadtsError `THRESHOLD_INVALID` */
export function parseCondition(cursor: TextCursor): GoodputCondition | undefined {
  const { offset } = cursor;
  const name = cursor.take(/[a-z]\w*(?:\.[\w.]+)?(?=\s*<)/iy);
  if (name === undefined) return undefined;
  const [, word = '', statistic] = /^(\w+)(?:\.(.*))?$/.exec(name) ?? [];
  const time = GOODPUT_TIMES.find((known) => known === readTimeName(word));
  const percentile = readPercentile(time, statistic);
  if (!time || percentile === undefined) {
    const message = time ? `a request has no ${name}` : `a request has no time ${name}`;
    throw cursor.problem(message, {
      offset,
      hint: `there are response, ttfb, ttfe, tpot, gap and gap.p95; ${HINT}`,
    });
  }
  cursor.take(/<(?!=)/y);
  const limit = cursor.take(/\d{1,9}(?:\.\d{1,6})?(?:us|ms|s)\b/y);
  const [, number, unit = ''] = /^([\d.]+)(\w+)$/.exec(limit ?? '') ?? [];
  if (number === undefined) throw cursor.problem('expected a time here, with its unit', { hint: HINT });
  return { time, percentile, limitMs: withoutNoise(Number(number) * (UNITS[unit] ?? 1)) };
}

/** As `parseCondition` reads it. */
export function formatCondition({ time, percentile, limitMs }: GoodputCondition): string {
  const name = time === 'gap' && percentile < 100 ? `gap.p${percentile}` : time;
  return `${name} < ${limitMs}ms`;
}

/** Whether a request keeps to all of them. A time that it has not got is none that it keeps. */
export function isGood(conditions: readonly GoodputCondition[], times: RequestTimes): boolean {
  return conditions.every(({ time, percentile, limitMs }) => {
    const value = time === 'gap' ? gapAt(times.gaps, percentile) : times[time];
    return value !== undefined && value < limitMs;
  });
}

/** A stream of a single event has no gap that could be too long. */
function gapAt(gaps: readonly number[] | undefined, percentile: number): number | undefined {
  if (gaps === undefined || gaps.length === 0) return gaps && 0;
  return quantileOf(
    [...gaps].sort((a, b) => a - b),
    percentile / 100,
  );
}

function readPercentile(time: GoodputTime | undefined, statistic: string | undefined): number | undefined {
  if (statistic === undefined || (time === 'gap' && statistic === 'max')) return 100;
  const percentile = Number(/^p(\d{1,3}(?:\.\d{1,2})?)$/.exec(statistic)?.[1]);
  return time === 'gap' && percentile > 0 && percentile <= 100 ? percentile : undefined;
}
