import { createRandom } from '../random.ts';

/** Fewer leave the pattern of the file visible. */
const ROUNDS = 6;

/**
 * A shuffled 0 ... size - 1 that takes no memory: a Feistel network over the next power of four, walked until it hits
 * a number in range, which takes fewer than four steps on average.
 * @param size at most 2 ** 40
 */
export function createPermutation(
  size: number,
  seed: number,
  ...parts: readonly (string | number)[]
): (position: number) => number {
  const random = createRandom(seed, 'permutation', ...parts);
  const keys = Array.from({ length: ROUNDS }, () => Math.floor(random() * 2 ** 32));
  let half = 2;
  while (half * half < size) half *= 2;
  return (position) => {
    let value = position;
    do value = encrypt(value, half, keys);
    while (value >= size);
    return value;
  };
}

function encrypt(value: number, half: number, keys: readonly number[]): number {
  let left = Math.floor(value / half);
  let right = value % half;
  for (const key of keys) {
    const mixed = ((left ^ mix(right ^ key)) >>> 0) % half;
    left = right;
    right = mixed;
  }
  return left * half + right;
}

/** The finalizer of MurmurHash3: every bit of the input changes about half of the output. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
