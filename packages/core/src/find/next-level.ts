import { guessLevel } from './guess-level.ts';
import type { LevelMeasurement } from './level-measurement.ts';

export interface SearchRange {
  readonly from: number;
  readonly to: number;
  /** How far apart, as a share, the highest level that holds and the lowest that fails may be in the end. */
  readonly precision: number;
  /** Whether there is nothing between two whole numbers. */
  readonly isWhole: boolean;
  /** Whether levels are rates: what the target gets through is then a level, too. */
  readonly isOpen: boolean;
}

/** What a search found. */
export interface SearchConclusion {
  /** The highest level that holds; undefined where even the lowest does not. */
  readonly ceiling: number | undefined;
  /** The lowest level that fails; undefined where even the highest holds. */
  readonly failsAt: number | undefined;
}

export type SearchStep =
  | { readonly kind: 'measure'; readonly level: number }
  | ({ readonly kind: 'done' } & SearchConclusion);

type Standing = 'held' | 'failed' | 'open';

/**
 * What to do next, given all that was measured: double the level until one fails, halve the distance between the highest
 * that holds and the lowest that fails, or take what the target got through when it was too much for a guess, and measure
 * the ceiling once more at the end. One bad measurement decides
 * nothing: a level that failed, but not plainly, is measured again.
 */
export function nextLevel(range: SearchRange, measurements: readonly LevelMeasurement[]): SearchStep {
  const levels = [...new Set(measurements.map(({ level }) => level))].sort((a, b) => a - b);
  const open = levels.find((level) => standingOf(level, measurements) === 'open');
  if (open !== undefined) return { kind: 'measure', level: open };
  const failsAt = levels.find((level) => standingOf(level, measurements) === 'failed');
  const ceiling = levels.findLast((level) => failsAt === undefined || level < failsAt);
  if (ceiling === undefined) {
    return failsAt === undefined
      ? { kind: 'measure', level: range.from }
      : { kind: 'done', ceiling, failsAt };
  }
  const level = between(ceiling, failsAt, range, measurements);
  if (level !== undefined) return { kind: 'measure', level };
  const isConfirmed = countAt(ceiling, measurements) > 1;
  return isConfirmed ? { kind: 'done', ceiling, failsAt } : { kind: 'measure', level: ceiling };
}

/** The majority decides. */
function standingOf(level: number, measurements: readonly LevelMeasurement[]): Standing {
  const own = measurements.filter((measurement) => measurement.level === level);
  const held = own.filter(({ outcome }) => outcome === 'held').length;
  const failed = own.length - held;
  if (held > failed) return 'held';
  const isPlain = held === 0 && own.some(({ isClear }) => isClear);
  return isPlain || (failed > 1 && failed > held) ? 'failed' : 'open';
}

function countAt(level: number, measurements: readonly LevelMeasurement[]): number {
  return measurements.filter((measurement) => measurement.level === level).length;
}

/** Where to look next; undefined where there is nothing more to be found. */
function between(
  ceiling: number,
  failsAt: number | undefined,
  range: SearchRange,
  measurements: readonly LevelMeasurement[],
): number | undefined {
  const { to, precision } = range;
  if (failsAt === undefined) return ceiling >= to ? undefined : Math.min(to, ceiling * 2);
  if (failsAt - ceiling <= precision * failsAt) return undefined;
  // Levels that are close by share are close: 10 and 12 are as far apart as 100 and 120.
  const middle = Math.sqrt(ceiling * failsAt);
  const guess = range.isOpen ? guessLevel({ ceiling, failsAt, precision }, measurements) : undefined;
  return [guess ?? middle, middle]
    .map((level) => (range.isWhole ? Math.round(level) : Number(level.toPrecision(3))))
    .find((level) => level > ceiling && level < failsAt);
}
