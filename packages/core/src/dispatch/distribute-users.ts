import { type Assignment, sum } from './assignment.ts';
import type { ClassSequence } from './class-sequence.ts';
import type { Move } from './move.ts';
import { rearrangeUsers } from './rearrange-users.ts';

export interface DistributionChange {
  /** Users that each worker has now. */
  readonly before: readonly Assignment[];
  /** Users wanted over the whole cluster. */
  readonly users: number;
  readonly sequence: ClassSequence;
}

/**
 * The moves, in order, that lead from one distribution to the wanted number of users. Users stay where they are
 * unless their class or their worker has too many; a user that makes room stops before its replacement starts.
 * Otherwise, after every move, the class totals follow the sequence and, from an even start, the workers' totals are
 * within 1 of each other. While the same workers fill up from empty and drain again, each class is spread within 1
 * as well.
 */
export function distributeUsers(change: DistributionChange): Move[] {
  const { before, sequence } = change;
  if (before.length === 0) return [];
  const users = sequence.limit(change.users);
  const present = sum(before.map(sum));
  if (!followsSequence(before, present, sequence)) return rearrangeUsers(before, users, sequence);
  const workers = sequence.onWorkers(before.length);
  const move = (kind: Move['kind'], position: number): Move => ({
    kind,
    worker: workers.workerOf(position),
    classIndex: sequence.classOf(position),
  });
  const moves: Move[] = [];
  for (let position = present; position < users; position++) moves.push(move('start', position));
  for (let position = present - 1; position >= users; position--) moves.push(move('stop', position));
  return moves;
}

/** Whether these are the sequence's first users, each where the sequence has it. */
function followsSequence(before: readonly Assignment[], present: number, sequence: ClassSequence): boolean {
  if (present > sequence.limit(present)) return false;
  const workers = sequence.onWorkers(before.length);
  const missing = before.map((assignment) => [...assignment]);
  for (let position = 0; position < present; position++) {
    const row = missing[workers.workerOf(position)] as number[];
    const classIndex = sequence.classOf(position);
    const left = (row[classIndex] as number) - 1;
    if (left < 0) return false;
    row[classIndex] = left;
  }
  return true;
}
