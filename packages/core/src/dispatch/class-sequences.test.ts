import { describe, expect, it } from 'vitest';
import { ClassSequences } from './class-sequences.ts';

const classes = [
  { weight: 1, fixedCount: 0 },
  { weight: 3, fixedCount: 0 },
  { weight: 1, fixedCount: 2 },
];

describe('ClassSequences', () => {
  it('shares the users out among the classes that may have some', () => {
    const sequences = new ClassSequences(classes);
    expect(sequences.of(null).counts(10)).toEqual([2, 6, 2]);
    expect(sequences.of([0, 2]).counts(10)).toEqual([8, 0, 2]);
    expect(sequences.of([1]).counts(10)).toEqual([0, 10, 0]);
    expect(sequences.of([2]).limit(10)).toBe(2);
    expect(sequences.of([]).limit(10)).toBe(0);
  });

  it('keeps each, whatever the order of the classes', () => {
    const sequences = new ClassSequences(classes);
    expect(sequences.of([2, 0])).toBe(sequences.of([0, 2]));
    expect(sequences.of(null)).toBe(sequences.of(null));
  });
});
