import type { PercentileCurve } from '@loadts/core';

export const PERCENTILE_TICKS: readonly number[] = [0, 50, 90, 99, 99.9, 99.99, 99.999, 99.9999];

/** The scale of the chart: 0 % is 0, 90 % is 1, 99 % is 2. The slowest request stands where its curve is left. */
export function nines(percentile: number, curve?: PercentileCurve): number {
  if (percentile < 100) return -Math.log10(1 - percentile / 100);
  const last = curve?.percentiles.at(-2) ?? 0;
  return nines(last) + 0.05;
}

/** The percentile at a place of the scale, with as many digits as tell it apart. */
export function percentileAt(position: number): number {
  const digits = Math.max(1, Math.ceil(position - 1e-9));
  return Number((100 * (1 - 10 ** -position)).toFixed(digits));
}

/** The curve's value at a place of the scale; null beyond its last point. */
export function valueAt(curve: PercentileCurve, position: number): number | null {
  const index = curve.percentiles.findIndex((percentile) => nines(percentile, curve) >= position - 1e-9);
  return index < 0 ? null : (curve.valuesMs[index] ?? null);
}
