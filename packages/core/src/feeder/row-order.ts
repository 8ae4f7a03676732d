import { createRandom } from '../random.ts';
import type { FeederDefinition } from './feeder.ts';
import { createPermutation } from './permutation.ts';

/** Which row comes at which place of a run, whoever gets it: it depends on the seed only, not on the workers. */
export interface RowOrder {
  /** How many places there are; without an end, `Infinity`. */
  readonly length: number;
  /** The row at a place, both counted from 0. */
  readonly rowAt: (place: number) => number;
}

/** @param index of the feeder among those of the script, so that two of the same file differ */
export function createRowOrder(
  { order, onEnd }: Pick<FeederDefinition, 'order' | 'onEnd'>,
  rows: number,
  seed: number,
  index: number,
): RowOrder {
  const length = order === 'random' || onEnd === 'wrap' ? Number.POSITIVE_INFINITY : rows;
  switch (order) {
    case 'random':
      return { length, rowAt: (place) => Math.floor(createRandom(seed, 'feeder', index, place)() * rows) };
    case 'shuffled':
      return { length, rowAt: createShuffle(rows, seed, index) };
    default:
      return { length, rowAt: (place) => place % rows };
  }
}

function createShuffle(rows: number, seed: number, index: number): (place: number) => number {
  let pass = -1;
  let permute: (place: number) => number = () => 0;
  return (place) => {
    const wanted = Math.floor(place / rows);
    if (wanted !== pass) {
      pass = wanted;
      permute = createPermutation(rows, seed, 'feeder', index, pass);
    }
    return permute(place % rows);
  };
}
