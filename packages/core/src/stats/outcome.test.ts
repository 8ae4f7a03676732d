import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  COUNT_FIELDS,
  countEnded,
  countFailures,
  countRequests,
  createCounts,
  hasLatency,
  OUTCOMES,
} from './outcome.ts';
import { entryCounts } from './samples.case.ts';

describe('EntryCounts', () => {
  it('begin at zero, in every field', () => {
    const counts = createCounts();
    expect(Object.keys(counts).toSorted()).toEqual(COUNT_FIELDS.toSorted());
    expect(new Set(Object.values(counts))).toEqual(new Set([0]));
  });

  it('add up field by field, and leave what is added as it is', () => {
    fc.assert(
      fc.property(entryCounts, entryCounts, (a, b) => {
        const [into, from] = [{ ...a }, { ...b }];
        addCounts(into, from);
        expect(from).toEqual(b);
        for (const field of COUNT_FIELDS) expect(into[field]).toBe(a[field] + b[field]);
      }),
    );
  });

  it('count each ended request as exactly one of: fine, failed, aborted', () => {
    fc.assert(
      fc.property(entryCounts, (counts) => {
        expect(countEnded(counts)).toBe(counts.ok + countFailures(counts) + counts.aborted);
        expect(countRequests(counts)).toBe(counts.ok + countFailures(counts));
      }),
    );
  });
});

describe('hasLatency', () => {
  it('holds where the target answered, or had its time to', () => {
    expect(OUTCOMES.filter(hasLatency)).toEqual(['ok', 'httpError', 'checkFailed', 'timeout']);
  });
});
