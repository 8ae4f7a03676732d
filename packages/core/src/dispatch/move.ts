import type { Assignment } from './assignment.ts';

/** One user that starts or stops on one worker. */
export interface Move {
  readonly kind: 'start' | 'stop';
  readonly worker: number;
  readonly classIndex: number;
}

/** Applies the first `steps` moves: the distribution that a ramp has reached by then. */
export function applyMoves(
  before: readonly Assignment[],
  moves: readonly Move[],
  steps: number = moves.length,
): Assignment[] {
  const counts = before.map((assignment) => [...assignment]);
  for (const { kind, worker, classIndex } of moves.slice(0, steps)) {
    const row = counts[worker] as number[];
    row[classIndex] = (row[classIndex] as number) + (kind === 'start' ? 1 : -1);
  }
  return counts;
}
