import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oddResponse } from './any-response.case.ts';
import { findDifferences } from './find-differences.case.ts';

describe('both engines', () => {
  it('make the same of any response that is odd, wrong or damaged', { timeout: 240_000 }, async () => {
    const responses = fc.sample(oddResponse, { seed: 20_261_122, numRuns: 15_000 });
    expect(await findDifferences(responses)).toEqual([]);
  });
});
