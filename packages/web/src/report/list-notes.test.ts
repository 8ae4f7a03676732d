import { describe, expect, it } from 'vitest';
import { isWeak, keyOf, percentileOf } from './entry-figures.ts';
import { listNotes } from './list-notes.ts';

const CALM = { aborted: 0, retried: 0, generatorDelayP99Ms: 0.4, stopReason: undefined, skippedSeconds: 0 };

describe('notes', () => {
  it('are none where nothing is doubtful', () => expect(listNotes(CALM)).toEqual([]));

  it('tell what the numbers leave out and what made them worse', () => {
    const notes = listNotes({
      aborted: 1,
      retried: 1_200,
      generatorDelayP99Ms: 8.2,
      stopReason: 'p95 < 1s failed.',
      skippedSeconds: 30,
    });
    expect(notes.join('\n')).toMatch(
      /^p95.*\nThe first 30 s.*\n1 request was cut off.*\n1,200 requests were sent/,
    );
    expect(notes.at(-1)).toContain('8.20 ms');
  });
});

describe('an entry', () => {
  it('is told apart by its scenario as well', () => {
    const keys = [undefined, 'day', 'night'].map((scenario) => keyOf({ scenario, method: 'GET', name: '/' }));
    expect(new Set(keys).size).toBe(3);
  });
});

describe('a percentile', () => {
  it('is weak where it only repeats the slowest request', () => {
    expect([99, 100].map((measured) => isWeak({ measured }, 99))).toEqual([true, false]);
    expect(isWeak({ measured: 1 }, 100)).toBe(false);
  });

  it('is found by its number', () => {
    expect(percentileOf({ percentilesMs: [1, 2, 3, 4, 5, 6] }, 95)).toBe(6);
  });
});
