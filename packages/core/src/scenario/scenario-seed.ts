import { createRandom } from '../random.ts';

/** What a scenario's arrivals at random are drawn from, so that those of two are independent. @param name none for the only one */
export function scenarioSeed(seed: number, name: string | undefined): number {
  return name === undefined ? seed : Math.floor(createRandom(seed, 'scenario', name)() * 2 ** 32);
}
