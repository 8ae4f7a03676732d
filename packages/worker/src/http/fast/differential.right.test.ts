import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightResponse } from './any-response.case.ts';
import { findDifferences } from './find-differences.case.ts';

describe('both engines', () => {
  it('make the same of any response that follows the rules', { timeout: 240_000 }, async () => {
    const responses = fc.sample(rightResponse, { seed: 20_261_121, numRuns: 35_000 });
    expect(await findDifferences(responses)).toEqual([]);
  });
});
