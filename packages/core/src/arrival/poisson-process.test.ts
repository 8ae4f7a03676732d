import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { PoissonProcess } from './poisson-process.ts';

const RUNS = 2_000;
const process = (seed: number): PoissonProcess => new PoissonProcess((block) => createRandom(seed, block));
const sample = (measure: (of: PoissonProcess) => number): { mean: number; variance: number } => {
  const values = Array.from({ length: RUNS }, (_, seed) => measure(process(seed)));
  const mean = values.reduce((total, value) => total + value, 0) / RUNS;
  return { mean, variance: values.reduce((total, value) => total + (value - mean) ** 2, 0) / RUNS };
};

describe('PoissonProcess', () => {
  it('has a block of arrivals as long as so many exponential gaps', () => {
    const { mean, variance } = sample((of) => of.at(1_023));
    // Mean and variance are both 1,024; these are four standard errors.
    expect(Math.abs(mean - 1_024)).toBeLessThan(3);
    expect(Math.abs(variance - 1_024)).toBeLessThan(130);
  });

  it('has the same gaps between blocks as within them', () => {
    for (const index of [1_022, 1_023, 1_024]) {
      const { mean, variance } = sample((of) => of.at(index + 1) - of.at(index));
      expect(Math.abs(mean - 1)).toBeLessThan(0.09);
      expect(Math.abs(variance - 1)).toBeLessThan(0.26);
    }
  });

  it('counts what it gives, back and forth over blocks', () => {
    const of = process(7);
    for (const index of [0, 1_023, 1_024, 1_023, 5_000, 4_095, 10]) {
      expect(of.countUpTo(of.at(index))).toBe(index + 1);
      expect(of.countUpTo(of.at(index) - 1e-9)).toBe(index);
    }
  });
});
