import { describe, expect, it } from 'vitest';
import { allRows, findProblems, openText, readValues } from './open-file.case.ts';

describe('a JSON file', () => {
  it('has the elements of its array', async () => {
    const values = [{ name: 'Ada', tags: ['a', { b: [] }] }, 'ä', 3.5, null, [1]];
    const source = await openText('a.json', `\uFEFF${JSON.stringify(values, null, 2)}\n`);
    expect(source.columns).toBeNull();
    expect(await readValues(source, allRows(source))).toEqual(values);
    expect(await readValues(source, [2, 0])).toEqual([3.5, values[0]]);
    expect(source.bytesOf(1)).toBe(4);
  });

  it.each([
    ['is empty', '', [/^line 1: no JSON: /]],
    ['holds an empty array', '[]', [/^the array is empty$/]],
    ['holds no array', '{"a":[1]}', [/^the file holds no array$/]],
    ['is no JSON at all', '\n\nname,age\n', [/^line 3: no JSON: /]],
    ['has a bad element', '[\n  {"a": "],"},\n  {"b": oops},\n  3\n]', [/^line 3: no JSON: /]],
    ['has a comma too many', '[\n  1,\n  2,\n]', [/^line 4: no JSON: /]],
    [
      'has an element that does not end',
      '[\n 1,\n {"a": 1,\n 2\n]\n',
      [/^line 3: what begins here does not end$/],
    ],
    ['has a text that does not end', '[\n "a",\n "b]\n', [/^line 3: no JSON: /]],
    ['goes on after its end', '[\n1\n]\n[2]', [/^line 3: something follows after the array$/]],
    ['has a huge element', `[1,"${'x'.repeat(600_000)}"]`, [/^element 2: the row is larger than 512 KiB$/]],
  ])('is refused where it %s', async (_, content, expected) => {
    expect(await findProblems('a.json', content)).toEqual(
      expected.map((problem) => expect.stringMatching(problem)),
    );
  });
});
