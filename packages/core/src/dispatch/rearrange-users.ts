import { type Assignment, countClasses, sum } from './assignment.ts';
import type { ClassSequence } from './class-sequence.ts';
import { DistributionDraft } from './distribution-draft.ts';
import type { Move } from './move.ts';
import { placeRound } from './place-round.ts';

/** More than any sum of user counts. */
const IMPOSSIBLE = 1e12;

/**
 * The moves from any distribution, such as what a lost worker leaves behind, to the wanted number of users. Stops
 * what is too much of a class and starts what lacks, on the fullest and the emptiest workers; relocates a user only
 * where the workers' totals would differ by more than 1 otherwise.
 */
export function rearrangeUsers(
  before: readonly Assignment[],
  users: number,
  sequence: ClassSequence,
): Move[] {
  const draft = new DistributionDraft(before);
  const { leaving, arriving } = compareClasses(before, users, sequence);
  const swaps = Math.min(leaving.length, arriving.length);
  for (let i = 0; i < swaps; i++) swapUser(draft, leaving[i] as number, arriving[i] as number);
  stopUsers(draft, leaving.slice(swaps));
  startUsers(draft, arriving.slice(swaps));
  evenOut(draft);
  return draft.moves;
}

/** Classes of the users to stop, last in the sequence first, and of those to start, first in the sequence first. */
function compareClasses(
  before: readonly Assignment[],
  users: number,
  sequence: ClassSequence,
): { leaving: number[]; arriving: number[] } {
  const wanted = sequence.counts(users);
  const present = countClasses(before, wanted.length);
  const seen = wanted.map(() => 0);
  const leaving: number[] = [];
  const arriving: number[] = [];
  const length = sequence.limit(Math.max(users, sum(present)));
  for (let position = 0; position < length; position++) {
    const index = sequence.classOf(position);
    const nth = (seen[index] as number) + 1;
    seen[index] = nth;
    if (nth > (present[index] as number) && nth <= (wanted[index] as number)) arriving.push(index);
    if (nth <= (present[index] as number) && nth > (wanted[index] as number)) leaving.push(index);
  }
  // Users that the sequence does not reach at this length come after all others.
  present.forEach((count, index) => {
    const kept = Math.max(seen[index] as number, wanted[index] as number);
    for (let nth = kept; nth < count; nth++) leaving.push(index);
  });
  return { leaving: leaving.reverse(), arriving };
}

/** A user makes room for one of another class. */
function swapUser(draft: DistributionDraft, leaving: number, arriving: number): void {
  const from = best(draft.holders(leaving), (worker) => [draft.total(worker), draft.count(worker, leaving)]);
  draft.stop(from, leaving);
  draft.start(
    best(draft.emptiest(), (worker) => [-draft.count(worker, arriving)]),
    arriving,
  );
}

/** A round at a time, so that the totals stay even: one user of each of the fullest workers. */
function stopUsers(draft: DistributionDraft, leaving: readonly number[]): void {
  for (let done = 0; done < leaving.length; ) {
    const workers = draft.fullest();
    const round = leaving.slice(done, done + workers.length);
    const placed = placeRound(round, workers, (worker, classIndex) => {
      const count = draft.count(worker, classIndex);
      return count > 0 ? -count : IMPOSSIBLE;
    });
    for (const [nth, classIndex] of round.entries()) stopUser(draft, placed[nth] as number, classIndex);
    done += round.length;
  }
}

/** Takes a user of the class off this worker's total. Where it has none, another worker's stops and gets one of its. */
function stopUser(draft: DistributionDraft, worker: number, classIndex: number): void {
  if (draft.count(worker, classIndex) > 0) return draft.stop(worker, classIndex);
  const holder = best(draft.holders(classIndex), (other) => [
    -draft.total(other),
    draft.count(other, classIndex),
  ]);
  // Whichever order keeps the totals even on the way.
  const holderIsFull = draft.total(holder) >= draft.total(worker);
  if (holderIsFull) draft.stop(holder, classIndex);
  draft.relocate(worker, holder);
  if (!holderIsFull) draft.stop(holder, classIndex);
}

/** A round at a time: one user to each of the emptiest workers. */
function startUsers(draft: DistributionDraft, arriving: readonly number[]): void {
  for (let done = 0; done < arriving.length; ) {
    const workers = draft.emptiest();
    const round = arriving.slice(done, done + workers.length);
    const placed = placeRound(round, workers, (worker, classIndex) => draft.count(worker, classIndex));
    for (const [nth, classIndex] of round.entries()) draft.start(placed[nth] as number, classIndex);
    done += round.length;
  }
}

function evenOut(draft: DistributionDraft): void {
  for (;;) {
    const [from, to] = [draft.fullest()[0] as number, draft.emptiest()[0] as number];
    if (draft.total(from) - draft.total(to) <= 1) return;
    draft.relocate(from, to);
  }
}

/** The worker with the highest rank; ranks are compared from their first number on. */
function best(workers: readonly number[], rank: (worker: number) => readonly number[]): number {
  return workers.reduce((chosen, worker) => (isAbove(rank(worker), rank(chosen)) ? worker : chosen));
}

function isAbove(a: readonly number[], b: readonly number[]): boolean {
  const differing = a.findIndex((value, index) => value !== b[index]);
  return differing >= 0 && (a[differing] as number) > (b[differing] as number);
}
