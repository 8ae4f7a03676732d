/** Which of the starts are a worker's own: those whose index leaves the remainder `worker` when divided by `workers`. */
export interface ArrivalShare {
  /** 0 to `workers - 1`. */
  readonly worker: number;
  readonly workers: number;
}

/** The first own start with index `from` or later. */
export function firstOwnStart(from: number, { worker, workers }: ArrivalShare): number {
  return from + ((workers - ((from - worker) % workers)) % workers);
}

/** How many own starts there are among the first `count` of all. */
export function countOwnStarts(count: number, { worker, workers }: ArrivalShare): number {
  return Math.max(0, Math.ceil((count - worker) / workers));
}
