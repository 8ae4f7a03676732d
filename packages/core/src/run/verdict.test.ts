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

  it('leaves it to the thresholds, where there are any, how many failures are too many', () => {
    const met = { threshold: 'errors < 5%', observed: 0.03, passed: true, reason: 'errors was 3 %' };
    const missed = { threshold: 'p95 < 1s', observed: 1_200, passed: false, reason: 'p95 was 1200 ms' };
    const facts = { ...fine, failures: 3, exceptions: 2 };
    expect(decideVerdict({ ...facts, thresholds: [met] })).toEqual({ kind: 'pass', reasons: [] });
    expect(decideVerdict({ ...facts, thresholds: [met, missed] })).toEqual({
      kind: 'fail',
      reasons: ['p95 < 1s: p95 was 1200 ms'],
    });
    expect(decideVerdict({ ...facts, thresholds: [] }).reasons).toHaveLength(2);
    expect(decideVerdict({ ...facts, requests: 0, thresholds: [met] }).kind).toBe('fail');
  });

  it('fails rather than being incomplete, and gives all reasons', () => {
    const facts = { ...fine, failures: 1, exceptions: 2, scriptErrors: ['tick threw'], gaps: ['a gap'] };
    expect(decideVerdict(facts)).toEqual({
      kind: 'fail',
      reasons: ['tick threw', '1 of 100 requests failed', 'tasks threw 2 exceptions', 'a gap'],
    });
  });
});
