import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOwnStarts, firstOwnStart } from './arrival-share.ts';

const workers = fc.integer({ min: 1, max: 16 });

describe('an arrival share', () => {
  it('has every start with exactly one worker', () => {
    fc.assert(
      fc.property(workers, fc.nat(100), (all, index) => {
        const owners = Array.from({ length: all }, (_, worker) => worker).filter(
          (worker) => firstOwnStart(index, { worker, workers: all }) === index,
        );
        expect(owners).toEqual([index % all]);
      }),
    );
  });

  it('finds the next own start', () => {
    fc.assert(
      fc.property(workers, fc.nat(100), fc.nat(15), (all, from, any) => {
        const worker = any % all;
        const index = firstOwnStart(from, { worker, workers: all });
        expect(index % all).toBe(worker);
        expect(index - from).toBeGreaterThanOrEqual(0);
        expect(index - from).toBeLessThan(all);
      }),
    );
  });

  it('counts own starts so that all together are all', () => {
    fc.assert(
      fc.property(workers, fc.nat(1_000), (all, count) => {
        const counts = Array.from({ length: all }, (_, worker) =>
          countOwnStarts(count, { worker, workers: all }),
        );
        expect(counts.reduce((total, own) => total + own, 0)).toBe(count);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
