import { type Assignment, sum } from './assignment.ts';
import type { Move } from './move.ts';

/** A cluster without users. */
export function emptyCluster(workers: number, classes: number): number[][] {
  return Array.from({ length: workers }, () => Array.from({ length: classes }, () => 0));
}

/** The distributions before the first move and after each. */
export function* states(before: readonly Assignment[], moves: readonly Move[]): Generator<number[][]> {
  let counts = before.map((row) => [...row]);
  yield counts;
  for (const { kind, worker, classIndex } of moves) {
    counts = counts.map((row, index) =>
      index === worker
        ? row.map((count, at) => (at === classIndex ? count + (kind === 'start' ? 1 : -1) : count))
        : row,
    );
    yield counts;
  }
}

export function countUsers(assignments: readonly Assignment[]): number {
  return sum(assignments.map(sum));
}

/** How far apart the workers' totals are. */
export function unevenness(assignments: readonly Assignment[]): number {
  return range(assignments.map(sum));
}

/** How far apart the workers are in their users of one class, for the class where that is worst. */
export function spread(assignments: readonly Assignment[]): number {
  const classes = assignments[0]?.length ?? 0;
  const ranges = Array.from({ length: classes }, (_, index) =>
    range(assignments.map((row) => row[index] as number)),
  );
  return Math.max(0, ...ranges);
}

export function countStops(moves: readonly Move[]): number {
  return moves.filter((move) => move.kind === 'stop').length;
}

function range(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}
