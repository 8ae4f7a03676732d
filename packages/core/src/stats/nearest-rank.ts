/** The rank, counted from 1, of a percentile (0 to 100) among `count` ordered values. */
export function nearestRank(percentile: number, count: number): number {
  const rank = (percentile / 100) * count;
  // Less rounding errors: 99.9 % of 1,000 is rank 999 although 0.999 * 1000 may come out a little above it.
  return Math.ceil(rank - 1e-12 * rank);
}
