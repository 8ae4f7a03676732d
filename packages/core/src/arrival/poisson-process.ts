import type { Random } from '../random.ts';
import { sampleGamma } from './sample-gamma.ts';

/** Arrivals that are drawn together. */
const BLOCK = 1_024;

/** So many arrivals in a row, from the end of the block before. */
interface Block {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  /** Drawn on first use. */
  readonly times: () => Float64Array;
}

/**
 * Random arrivals at a mean rate of 1, each independent of the others. Arrivals come in blocks, each with a random
 * stream of its own: its length is the sum of so many exponential gaps (a gamma variable), and within it the arrivals
 * are uniform. So any process can get to any arrival without drawing all those before it.
 */
export class PoissonProcess {
  readonly #randomOf: (block: number) => Random;
  #block: Block;
  /** The one before, since those who count go back and forth at its border. */
  #previous: Block | undefined;

  constructor(randomOf: (block: number) => Random) {
    this.#randomOf = randomOf;
    this.#block = drawBlock(0, 0, randomOf(0));
  }

  /** The time of arrival `index` (0-based); ascending. */
  at(index: number): number {
    const number = Math.floor(index / BLOCK);
    return this.#find((block) => number - block.number).times()[index % BLOCK] as number;
  }

  /** How many arrivals there are up to `time`. */
  countUpTo(time: number): number {
    const found = this.#find((block) => (time < block.start ? -1 : time < block.end ? 0 : 1));
    return found.number * BLOCK + found.times().findIndex((value) => value > time);
  }

  /** The block with the answer 0: an answer above says that it comes later, one below that it was earlier. */
  #find(direction: (block: Block) => number): Block {
    if (direction(this.#block) < 0) {
      if (this.#previous && direction(this.#previous) === 0) return this.#previous;
      this.#block = drawBlock(0, 0, this.#randomOf(0));
    }
    while (direction(this.#block) > 0) {
      this.#previous = this.#block;
      const number = this.#block.number + 1;
      this.#block = drawBlock(number, this.#block.end, this.#randomOf(number));
    }
    return this.#block;
  }
}

function drawBlock(number: number, start: number, random: Random): Block {
  const end = start + sampleGamma(BLOCK, random);
  let times: Float64Array | undefined;
  return {
    number,
    start,
    end,
    times() {
      // The last arrival is the block's end itself.
      times ??= Float64Array.from({ length: BLOCK }, (_, i) =>
        i === BLOCK - 1 ? end : start + random() * (end - start),
      ).sort();
      return times;
    },
  };
}
