import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { boundedList } from './bounded-list.ts';

const element = z.strictObject({ id: z.int() });

describe('boundedList', () => {
  it('accepts up to so many good elements', () => {
    const list = boundedList(element, 2);
    expect(list.parse([])).toEqual([]);
    expect(list.parse([{ id: 1 }, { id: 2 }])).toEqual([{ id: 1 }, { id: 2 }]);
    expect(list.safeParse([{ id: 1 }, { id: 2 }, { id: 3 }]).success).toBe(false);
  });

  it('names the first bad element and looks at no further one', () => {
    const seen: unknown[] = [];
    const watched = z.unknown().refine((value) => seen.push(value) < 0);
    expect(boundedList(watched, 9).safeParse([7, 8, 9]).success).toBe(false);
    expect(seen).toEqual([7]);
    const { error } = boundedList(element, 9).safeParse([{ id: 1 }, { id: 'x' }, 5]);
    expect(error?.issues.map(({ path }) => path)).toEqual([[1, 'id']]);
  });

  it('looks at no element of a list that is too long', () => {
    const seen: unknown[] = [];
    const watched = z.unknown().refine((value) => seen.push(value));
    expect(boundedList(watched, 2).safeParse([7, 8, 9]).success).toBe(false);
    expect(seen).toEqual([]);
  });

  it.each([undefined, null, {}, 'list', 3])('refuses %s', (value) => {
    expect(boundedList(element, 9).safeParse(value).success).toBe(false);
  });
});
