import { LoadtsError } from './errors.ts';

/** Seconds, or text such as `'500ms'`, `'30s'`, `'1h20m'`. */
export type Duration = number | string;

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const NUMBER = '\\d+(?:\\.\\d+)?';
const SECONDS = new RegExp(`^${NUMBER}$`);
const UNITS = new RegExp(`^(?:(${NUMBER})h)?(?:(${NUMBER})m)?(?:(${NUMBER})s)?(?:(${NUMBER})ms)?$`);

/**
 * Milliseconds of a duration. A bare number is seconds; units go from large to small, each at most once.
 * @throws LoadtsError `CONFIG_INVALID` for anything else, `1h30` and negative values included.
 */
export function parseDurationMs(duration: Duration): number {
  if (typeof duration === 'number' && duration >= 0 && Number.isFinite(duration)) {
    return roundToUs(duration * UNIT_MS.s);
  }
  const text = String(duration).trim();
  if (SECONDS.test(text)) return roundToUs(Number(text) * UNIT_MS.s);
  const match = UNITS.exec(text);
  if (!match || text === '') {
    throw new LoadtsError('CONFIG_INVALID', `"${text}" is not a duration`, {
      hint: 'write seconds as a number or use units from large to small, such as 20, 500ms, 30s, 1h20m',
    });
  }
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = match;
  return roundToUs(
    Number(hours) * UNIT_MS.h + Number(minutes) * UNIT_MS.m + Number(seconds) * UNIT_MS.s + Number(millis),
  );
}

/** Microseconds are the finest time that loadts knows. */
function roundToUs(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
