const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1,234,567`. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** `950`, `1.2k`, `3.4M`: for axes and other narrow places. */
export function formatCompact(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500) return `${trim(value / 1_000_000)}M`;
  if (size >= 9_950) return `${trim(value / 1_000)}k`;
  if (size >= 1_000) return WHOLE.format(value);
  return String(Number(value.toPrecision(3)));
}

/** A time with its unit and three digits: `0.421 ms`, `42.1 ms`, `4.21 s`. */
export function formatMs(ms: number): string {
  return ms < 999.5 ? `${threeDigits(ms)} ms` : `${threeDigits(ms / 1_000)} s`;
}

/** A time with its unit and no more digits than it needs, for axes: `0`, `500 ms`, `1.5 s`. */
export function formatMsShort(ms: number): string {
  if (ms === 0) return '0';
  return ms < 999.5 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1_000).toPrecision(3))} s`;
}

/** A time in milliseconds without the unit, for columns that name it: `0.421`, `42.1`, `4,210`. */
export function formatMsValue(ms: number): string {
  return ms >= 999.5 ? WHOLE.format(ms) : threeDigits(ms);
}

/** Something per second: `0.30`, `42.1`, `381`, `12,345`. */
export function formatRate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.005) return '<0.01';
  if (perSecond < 9.995) return perSecond.toFixed(2);
  return perSecond < 99.95 ? perSecond.toFixed(1) : WHOLE.format(perSecond);
}

/** `0.18 %`; 0 or 100 only where that is exact. */
export function formatPercent(part: number, whole: number): string {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  if (percent > 0 && percent < 0.005) return '<0.01 %';
  if (percent < 100 && percent >= 99.995) return '>99.99 %';
  return `${percent === 0 || percent === 100 ? percent : percent.toFixed(2)} %`;
}

/** `512 B`, `1.42 kB`: powers of 1,000. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${unit === 0 ? value.toFixed(0) : threeDigits(value)} ${BYTE_UNITS[unit]}`;
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return value.toFixed(1);
  return value.toFixed(value >= 0.9995 || value === 0 ? 2 : 3);
}

function trim(value: number): string {
  return String(Number(value.toPrecision(2 + Math.floor(Math.log10(Math.max(1, Math.abs(value)))))));
}
