import type { Random } from '../random.ts';

/** Neighbouring spans are alike, so they are drawn in blocks; this many spans of a block for each cube root of spans. */
const BLOCK_FACTOR = 2;

/** Draws as many spans as there are, in blocks of neighbours, the last one's neighbour being the first. */
export function drawSpans(count: number, random: Random): number[] {
  const block = Math.max(1, Math.min(count, Math.ceil(BLOCK_FACTOR * Math.cbrt(count))));
  const drawn: number[] = [];
  while (drawn.length < count) {
    const start = Math.floor(random() * count);
    for (let i = 0; i < block && drawn.length < count; i++) drawn.push((start + i) % count);
  }
  return drawn;
}

/** A normally distributed number with mean 0 and deviation 1. */
export function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** The value below which the given share of the sorted values lies, between two neighbours where need be. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}
