/** Stands for "no user of this round" among a round's classes. */
const NONE = -1;

/**
 * Gives each class of a round a worker of its own so that the sum of costs is low: two classes at a time deal their
 * workers anew, for as long as that helps. Not always the lowest sum, and close to it.
 * @param classes the class of each user of the round, at most one user a worker
 * @param workers the workers that take part; the first ones are preferred
 * @param cost what it costs that a worker gets a class
 * @returns the worker of each user
 */
export function placeRound(
  classes: readonly number[],
  workers: readonly number[],
  cost: (worker: number, classIndex: number) => number,
): number[] {
  const dealt = workers.map((_, index) => classes[index] ?? NONE);
  const kinds = [...new Set(dealt)];
  const pairs = kinds.flatMap((one, index) => kinds.slice(index + 1).map((other) => [one, other] as const));
  const costOf = (index: number, kind: number): number =>
    kind === NONE ? 0 : cost(workers[index] as number, kind);
  let better = true;
  while (better) {
    better = false;
    for (const [one, other] of pairs) {
      const gain = (index: number): number => costOf(index, other) - costOf(index, one);
      if (dealAgain(dealt, one, other, gain)) better = true;
    }
  }
  return readPlaces(classes, workers, dealt);
}

/** Gives `one` to those of the pair's workers that gain most by it. @returns whether that lowered the cost */
function dealAgain(dealt: number[], one: number, other: number, gain: (index: number) => number): boolean {
  const members = [...dealt.keys()].filter((index) => dealt[index] === one || dealt[index] === other);
  const gains = new Map(members.map((index) => [index, gain(index)]));
  const gainOf = (index: number): number => gains.get(index) as number;
  const total = (indexes: readonly number[]): number =>
    indexes.reduce((sum, index) => sum + gainOf(index), 0);
  const had = members.filter((index) => dealt[index] === one);
  const gets = members.toSorted((a, b) => gainOf(b) - gainOf(a)).slice(0, had.length);
  if (total(gets) <= total(had)) return false;
  for (const index of members) dealt[index] = other;
  for (const index of gets) dealt[index] = one;
  return true;
}

function readPlaces(
  classes: readonly number[],
  workers: readonly number[],
  dealt: readonly number[],
): number[] {
  const places = new Map<number, number[]>();
  dealt.forEach((kind, index) => {
    const place = workers[index] as number;
    const known = places.get(kind);
    if (known) known.push(place);
    else places.set(kind, [place]);
  });
  return classes.map((classIndex) => places.get(classIndex)?.shift() as number);
}
