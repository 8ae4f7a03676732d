import { describe, expect, it } from 'vitest';
import { sortRows } from './sort-rows.ts';

const ROWS = [
  { name: 'item 10', count: 3 },
  { name: 'item 9', count: 7 },
  { name: 'item 1', count: 3 },
];
const COLUMNS = [
  { id: 'name', value: ({ name }: { name: string }) => name },
  { id: 'count', value: ({ count }: { count: number }) => count },
];

describe('sorting', () => {
  it('counts digits in names as numbers', () => {
    const sorted = sortRows(ROWS, COLUMNS, { column: 'name', order: 'ascending' });
    expect(sorted.map(({ name }) => name)).toEqual(['item 1', 'item 9', 'item 10']);
  });

  it('keeps equal rows in their order', () => {
    const sorted = sortRows(ROWS, COLUMNS, { column: 'count', order: 'descending' });
    expect(sorted.map(({ name }) => name)).toEqual(['item 9', 'item 10', 'item 1']);
  });

  it('leaves the rows alone without a column', () => {
    expect(sortRows(ROWS, COLUMNS, undefined)).toBe(ROWS);
  });
});
