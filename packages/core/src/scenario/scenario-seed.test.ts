import { expect, it } from 'vitest';
import { scenarioSeed } from './scenario-seed.ts';

it('a run without named scenarios draws from its own seed', () => {
  expect(scenarioSeed(7, undefined)).toBe(7);
});

it('scenarios of a run draw from different seeds, the same in every process', () => {
  const seeds = [scenarioSeed(7, 'browse'), scenarioSeed(7, 'buy'), scenarioSeed(8, 'buy')];
  expect(new Set(seeds).size).toBe(3);
  expect(scenarioSeed(7, 'buy')).toBe(seeds[1]);
  expect(seeds.every((seed) => Number.isSafeInteger(seed))).toBe(true);
});
