/**
 * Gives each class of a round a worker of its own, so that no worker gets a class again while another has fewer
 * of it: a maximum matching of classes to workers that still lack them, by augmenting paths (Kuhn).
 * @param classes the class of each start of the round, at most one start a worker
 * @param workers the workers that take part, in order of preference
 * @param count users of a class that a worker has
 * @returns the worker of each start
 */
export function placeRound(
  classes: readonly number[],
  workers: readonly number[],
  count: (worker: number, classIndex: number) => number,
): number[] {
  const startOf = new Map<number, number>();
  const lowest = (classIndex: number): number =>
    Math.min(...workers.map((worker) => count(worker, classIndex)));
  const floors = new Map(classes.map((classIndex) => [classIndex, lowest(classIndex)]));
  const augment = (start: number, seen: Set<number>): boolean => {
    const classIndex = classes[start] as number;
    for (const worker of workers) {
      if (seen.has(worker) || count(worker, classIndex) > (floors.get(classIndex) ?? 0)) continue;
      seen.add(worker);
      const holder = startOf.get(worker);
      if (holder === undefined || augment(holder, seen)) {
        startOf.set(worker, start);
        return true;
      }
    }
    return false;
  };
  classes.forEach((_, start) => augment(start, new Set()));
  return fillGaps(classes, workers, startOf, count);
}

/** Starts that found no worker lacking their class go to the free worker that has the fewest of it. */
function fillGaps(
  classes: readonly number[],
  workers: readonly number[],
  startOf: ReadonlyMap<number, number>,
  count: (worker: number, classIndex: number) => number,
): number[] {
  const placed: (number | undefined)[] = classes.map(() => undefined);
  for (const [worker, start] of startOf) placed[start] = worker;
  const free = workers.filter((worker) => !startOf.has(worker));
  return placed.map((worker, start) => {
    if (worker !== undefined) return worker;
    const classIndex = classes[start] as number;
    let best = 0;
    free.forEach((candidate, index) => {
      if (count(candidate, classIndex) < count(free[best] as number, classIndex)) best = index;
    });
    return free.splice(best, 1)[0] as number;
  });
}
