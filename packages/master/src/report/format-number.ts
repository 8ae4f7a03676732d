const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A time with three digits, but never finer than a microsecond: `0.421`, `4.21`, `42.1`, `421`, `4210`. */
export function formatMs(ms: number): string {
  return threeDigits(ms);
}

/** Something per second: `0.30`, `42.10`, `381.2`, `12345`. */
export function formatRate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.0005) return '<0.001';
  // A rare failure must not look like none.
  if (perSecond > 0 && perSecond < 0.00995) return perSecond.toFixed(3);
  if (perSecond < 99.995) return perSecond.toFixed(2);
  return perSecond.toFixed(perSecond < 9_999.95 ? 1 : 0);
}

/** `0.18%`; 0 or 100 only where that is exact, otherwise `<0.01%` or `>99.99%`. */
export function formatPercent(part: number, whole: number): string {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  if (percent > 0 && percent < 0.005) return '<0.01%';
  if (percent === 100) return '100%';
  if (percent >= 99.995) return '>99.99%';
  return `${percent.toFixed(2)}%`;
}

/** `512 B`, `1.42 kB`, `45.1 MB`: powers of 1,000. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${unit === 0 ? value.toFixed(0) : threeDigits(value)} ${BYTE_UNITS[unit]}`;
}

/** `2.5s`, `45s`, `1m 30s`, `2h 00m 05s`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const padded = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${padded(whole % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${padded(minutes % 60)}m ${padded(whole % 60)}s`;
}

/** `1 request`, `2 requests`. */
export function formatCount(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return value.toFixed(1);
  return value.toFixed(value >= 0.9995 ? 2 : 3);
}
