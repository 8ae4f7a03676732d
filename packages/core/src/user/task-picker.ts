import type { Random } from '../random.ts';

/** Draws indexes in proportion to their weights, of which there is at least one above 0. */
export function createWeightedPicker(weights: readonly number[], random: Random): () => number {
  const bounds: number[] = [];
  let total = 0;
  for (const weight of weights) bounds.push((total += weight));
  const last = weights.length - 1;
  if (last === 0) return () => 0;
  return () => {
    const point = random() * total;
    let index = 0;
    while (index < last && point >= (bounds[index] as number)) index++;
    return index;
  };
}
