/** One worker's user counts, by class index. */
export type Assignment = readonly number[];

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Users of each class over all workers. */
export function countClasses(assignments: readonly Assignment[], classes: number): number[] {
  return Array.from({ length: classes }, (_, index) =>
    assignments.reduce((total, assignment) => total + (assignment[index] ?? 0), 0),
  );
}
