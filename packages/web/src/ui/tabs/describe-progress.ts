import type { StateView } from '@loadts/protocol';
import { formatClock } from '../../format/format-time.ts';

/** How far a run has come. */
export interface Progress {
  readonly says: string;
  /** Of the run time, 0 to 1; undefined where it has none. */
  readonly share: number | undefined;
}

/** @param runTime seconds; null: until somebody stops it */
export function describeProgress(
  phase: StateView['phase'],
  elapsed: number,
  runTime: number | null,
): Progress {
  const isOver = phase === 'stopped' || phase === 'ready';
  if (runTime === null || runTime <= 0) return { says: isOver ? '' : 'until stopped', share: undefined };
  const share = Math.min(1, Math.max(0, elapsed / runTime));
  if (isOver) return { says: `of ${formatClock(runTime)}`, share };
  return { says: `${formatClock(runTime - elapsed)} remaining`, share };
}
