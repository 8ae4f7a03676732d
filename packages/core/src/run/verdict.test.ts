import { describe, expect, it } from 'vitest';
import { decideVerdict, type VerdictFacts } from './verdict.ts';

const fine: VerdictFacts = {
  requests: 100,
  failures: 0,
  exceptions: 0,
  scriptErrors: [],
  gaps: [],
  overloads: [],
};

describe('decideVerdict', () => {
  it('passes where nothing failed and nothing is missing', () => {
    expect(decideVerdict(fine)).toEqual({ kind: 'pass', reasons: [] });
  });

  it.each<[Partial<VerdictFacts>, string]>([
    [{ failures: 3 }, '3 of 100 requests failed'],
    [{ exceptions: 1 }, 'tasks threw 1 exception'],
    [{ exceptions: 2 }, 'tasks threw 2 exceptions'],
    [{ scriptErrors: ['Wave.tick() threw'] }, 'Wave.tick() threw'],
    [{ requests: 0 }, 'no request came to its end'],
  ])('fails on %j', (facts, reason) => {
    expect(decideVerdict({ ...fine, ...facts })).toEqual({ kind: 'fail', reasons: [reason] });
  });

  it('is incomplete where only numbers are missing', () => {
    expect(decideVerdict({ ...fine, gaps: ['worker 2 was lost'] })).toEqual({
      kind: 'incomplete',
      reasons: ['worker 2 was lost'],
    });
  });

  it('is invalid where the generator was the limit, whatever else is', () => {
    const facts = { ...fine, failures: 1, gaps: ['a gap'], overloads: ['worker 1 was the limit'] };
    expect(decideVerdict(facts)).toEqual({
      kind: 'invalid',
      reasons: ['worker 1 was the limit', '1 of 100 requests failed', 'a gap'],
    });
  });

  it('fails rather than being incomplete, and gives all reasons', () => {
    const facts = { ...fine, failures: 1, exceptions: 2, scriptErrors: ['tick threw'], gaps: ['a gap'] };
    expect(decideVerdict(facts)).toEqual({
      kind: 'fail',
      reasons: ['tick threw', '1 of 100 requests failed', 'tasks threw 2 exceptions', 'a gap'],
    });
  });
});
