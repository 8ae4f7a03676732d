import { createRandom } from '@loadts/core';

const MEDIAN_US = 20_000;
const SPREAD = 0.5;

/**
 * Latencies as real targets have them, log-normal around 20 ms, the same in each run.
 * @param {number} seed
 * @returns {() => number} whole microseconds
 */
export function createLatencies(seed) {
  const random = createRandom(seed, 'latency');
  return () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(MEDIAN_US * Math.exp(SPREAD * normal));
  };
}
