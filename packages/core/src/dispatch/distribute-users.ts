import { type Assignment, countClasses, sum } from './assignment.ts';
import type { ClassSequence } from './class-sequence.ts';
import { placeRound } from './place-round.ts';

/** One user that starts or stops on one worker. */
export interface Move {
  readonly kind: 'start' | 'stop';
  readonly worker: number;
  readonly classIndex: number;
}

export interface DistributionChange {
  /** Users that each worker has now. */
  readonly before: readonly Assignment[];
  /** Users wanted over the whole cluster. */
  readonly users: number;
  readonly sequence: ClassSequence;
}

/**
 * The moves, in order, that lead from one distribution to the wanted number of users. Users that fit stay where
 * they are. After every move the class totals follow the sequence and, from an even start, the workers' totals
 * are within 1 of each other. A user that makes room for another class stops before that one starts.
 */
export function distributeUsers(change: DistributionChange): Move[] {
  const { before, users, sequence } = change;
  if (before.length === 0) return [];
  const counts = before.map((assignment) => [...assignment]);
  const wanted = sequence.counts(users);
  const present = countClasses(before, wanted.length);
  const leaving = stopOrder(sequence, present, wanted);
  const arriving = startOrder(sequence, present, wanted);
  const stops = leaving.map((classIndex) => takeAway(counts, classIndex));
  const starts = placeStarts(counts, arriving);
  return interleave(stops, starts);
}

/** Applies the first `steps` moves: the distribution that a ramp has reached by then. */
export function applyMoves(
  before: readonly Assignment[],
  moves: readonly Move[],
  steps: number = moves.length,
): Assignment[] {
  const counts = before.map((assignment) => [...assignment]);
  for (const move of moves.slice(0, steps)) add(counts, move, move.kind === 'start' ? 1 : -1);
  return counts;
}

function add(counts: number[][], at: { worker: number; classIndex: number }, by: number): void {
  const row = counts[at.worker] as number[];
  row[at.classIndex] = (row[at.classIndex] as number) + by;
}

/** Classes of the users to start: the sequence, less what is there already. */
function startOrder(
  sequence: ClassSequence,
  present: readonly number[],
  wanted: readonly number[],
): number[] {
  const seen = wanted.map(() => 0);
  const order: number[] = [];
  const total = sum(wanted);
  for (let position = 0; position < total; position++) {
    const index = sequence.classOf(position);
    const nth = (seen[index] as number) + 1;
    seen[index] = nth;
    if (nth > (present[index] as number)) order.push(index);
  }
  return order;
}

/** Classes of the users to stop: last in the sequence first; users beyond the sequence before all others. */
function stopOrder(sequence: ClassSequence, present: readonly number[], wanted: readonly number[]): number[] {
  const left = present.map((count, index) => Math.max(0, count - (wanted[index] as number)));
  const order: number[] = [];
  const last = sequence.limit(sum(present)) - 1;
  const inSequence = sequence.counts(last + 1);
  left.forEach((surplus, index) => {
    const beyond = Math.min(surplus, Math.max(0, (present[index] as number) - (inSequence[index] as number)));
    left[index] = surplus - beyond;
    for (let i = 0; i < beyond; i++) order.push(index);
  });
  for (let position = last; position >= 0; position--) {
    const index = sequence.classOf(position);
    if ((left[index] as number) > 0) {
      left[index] = (left[index] as number) - 1;
      order.push(index);
    }
  }
  return order;
}

/** Stops a user on the fullest worker that has one of the class. */
function takeAway(counts: number[][], classIndex: number): Move {
  let worker = -1;
  counts.forEach((row, index) => {
    if ((row[classIndex] as number) === 0) return;
    const fullest = worker < 0 ? undefined : (counts[worker] as number[]);
    const gain = fullest === undefined ? 1 : sum(row) - sum(fullest);
    if (gain > 0 || (gain === 0 && (row[classIndex] as number) >= (fullest?.[classIndex] as number))) {
      worker = index;
    }
  });
  const move: Move = { kind: 'stop', worker, classIndex };
  add(counts, move, -1);
  return move;
}

/** Fills the emptiest workers first, a round of equal workers at a time. */
function placeStarts(counts: number[][], arriving: readonly number[]): Move[] {
  const moves: Move[] = [];
  while (moves.length < arriving.length) {
    const totals = counts.map(sum);
    const lowest = Math.min(...totals);
    const workers = [...totals.keys()].filter((worker) => totals[worker] === lowest);
    const round = arriving.slice(moves.length, moves.length + workers.length);
    const placed = placeRound(round, workers, (worker, classIndex) => counts[worker]?.[classIndex] ?? 0);
    placed.forEach((worker, start) => {
      const move: Move = { kind: 'start', worker, classIndex: round[start] as number };
      add(counts, move, 1);
      moves.push(move);
    });
  }
  return moves;
}

function interleave(stops: readonly Move[], starts: readonly Move[]): Move[] {
  const moves: Move[] = [];
  for (let i = 0; i < Math.max(stops.length, starts.length); i++) {
    const stop = stops[i];
    const start = starts[i];
    if (stop) moves.push(stop);
    if (start) moves.push(start);
  }
  return moves;
}
