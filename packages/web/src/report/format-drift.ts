import { type DriftChange, isCertain } from '@loadts/core';
import { formatMs, formatRate } from '../format/format-number.ts';

const TITLES: Readonly<Record<string, string>> = { errors: 'failed', rps: 'requests per second' };

/** What a change of the drift is called. */
export function driftTitle({ metric }: DriftChange): string {
  return TITLES[metric] ?? metric;
}

/** One of its two values, in its unit. */
export function driftValue({ metric }: DriftChange, value: number): string {
  if (metric === 'errors') return `${(100 * value).toFixed(1)} %`;
  return metric === 'rps' ? formatRate(value) : formatMs(value);
}

/** Of errors the difference in points, since there may have been none at first. */
export function driftShare({ metric }: DriftChange, share: number): string {
  const percent = (100 * share).toFixed(1);
  const sign = Number(percent) > 0 ? '+' : '';
  return `${sign}${Number(percent)} ${metric === 'errors' ? 'points' : '%'}`;
}

/** Where the change lies. */
export function driftRange(change: DriftChange): string {
  const range = `${driftShare(change, change.low)} to ${driftShare(change, change.high)}`;
  return isCertain(change) ? range : `${range}, may be chance`;
}
