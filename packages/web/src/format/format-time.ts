/** A moment of a run: `0:05`, `12:30`, `1:02:30`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours === 0) return `${minutes}:${pad(rest)}`;
  return `${hours}:${pad(minutes)}:${pad(rest)}`;
}

/** How long something lasted: `2.5 s`, `45 s`, `1 min 30 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const units = { h: Math.floor(whole / 3_600), min: Math.floor(whole / 60) % 60, s: whole % 60 };
  const shown = Object.entries(units).filter(([, value]) => value > 0);
  return shown
    .slice(0, 2)
    .map(([unit, value]) => `${value} ${unit}`)
    .join(' ');
}

/** Day and time in the reader's own time zone: `21 Nov 2026, 14:03`. Other text than a time is left as it is. */
export function formatDate(iso: string): string {
  return formatTime(iso, 'short');
}

/** The same with its seconds, which tell two short runs apart: `21 Nov 2026, 14:03:22`. */
export function formatMoment(iso: string): string {
  return formatTime(iso, 'medium');
}

function formatTime(iso: string, timeStyle: 'short' | 'medium'): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle }).format(time);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
