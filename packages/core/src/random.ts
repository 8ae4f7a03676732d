/** A source of numbers uniform over [0, 1). */
export type Random = () => number;

/** The stream that belongs to (seed, parts): the same parts give the same numbers in any process. sfc32 by Chris Doty-Humphrey. */
export function createRandom(seed: number, ...parts: readonly (string | number)[]): Random {
  const mix = createHash(`${seed}\u0000${parts.join('\u0000')}`);
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  // The first outputs still resemble the seed; twelve rounds are what the author of sfc32 asks for.
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** xmur3: turns a text into well spread 32-bit seeds. */
function createHash(text: string): () => number {
  let hash = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    hash ^= hash >>> 16;
    return hash | 0;
  };
}
