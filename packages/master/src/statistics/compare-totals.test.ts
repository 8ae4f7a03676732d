import type { EntryTotals } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { compareTotals, createTotals } from './compare-totals.ts';

const nameOf = (entryId: number): string => `GET /${entryId}`;

function totals(fields: Partial<EntryTotals> = {}): EntryTotals {
  return { entryId: 0, started: 3, ended: 3, measured: 2, sumUs: 900, checksum: 77, ...fields };
}

describe('totals of a worker and of what was collected', () => {
  it('agree where all is there', () => {
    const all = [totals(), totals({ entryId: 1 }), createTotals(2)];
    expect(compareTotals(all, all.toReversed(), nameOf)).toEqual([]);
    expect(compareTotals([createTotals(3)], [], nameOf)).toEqual([]);
  });

  it.each<[Partial<EntryTotals>, string]>([
    [{ started: 4, ended: 4 }, '3 started, 3 ended, the worker counted 4 started, 4 ended'],
    [{ measured: 3 }, '2 measured, the worker counted 3 measured'],
    [{ sumUs: 901 }, '900 us in total, the worker counted 901 us in total'],
    [{ checksum: 78 }, '77 as checksum, the worker counted 78 as checksum'],
  ])('differ by name in %o', (counted, text) => {
    expect(compareTotals([totals(counted)], [totals()], nameOf)).toEqual([`GET /0: collected were ${text}`]);
  });

  it('differ where one side knows nothing of an entry', () => {
    const one = totals({ entryId: 1, measured: 0, sumUs: 0, checksum: 0 });
    expect(compareTotals([one], [], nameOf)).toEqual([
      'GET /1: collected were 0 started, 0 ended, the worker counted 3 started, 3 ended',
    ]);
    expect(compareTotals([], [one], nameOf)).toEqual([
      'GET /1: collected were 3 started, 3 ended, the worker counted 0 started, 0 ended',
    ]);
  });

  it('agree on requests that have no outcome, which is a gap', () => {
    const all = [totals({ started: 5 })];
    expect(compareTotals(all, all, nameOf)).toEqual(['GET /0: 5 requests started, 3 ended']);
  });

  it('are not listed without end', () => {
    const counted = Array.from({ length: 12 }, (_, entryId) => totals({ entryId }));
    const sentences = compareTotals(counted, [], nameOf);
    expect(sentences).toHaveLength(6);
    expect(sentences[4]).toContain('GET /4: ');
    expect(sentences[5]).toBe('7 more entries differ');
    expect(compareTotals(counted.slice(0, 6), [], nameOf)[5]).toBe('1 more entry differs');
    expect(compareTotals(counted.slice(0, 5), [], nameOf)).toHaveLength(5);
  });
});
