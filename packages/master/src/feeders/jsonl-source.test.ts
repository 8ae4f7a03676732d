import { describe, expect, it } from 'vitest';
import { allRows, findProblems, openText, readValues } from './open-file.case.ts';

describe('a file of JSON lines', () => {
  it.each([
    ['plain', '{"a":1}\n[2,"x"]\nnull\n"ä"\n'],
    ['with line ends of Windows', '{"a":1}\r\n[2,"x"]\r\nnull\r\n"ä"\r\n'],
    ['with a byte order mark and no last line end', '\uFEFF{"a":1}\n[2,"x"]\nnull\n"ä"'],
    ['with blank lines and spaces', '\n \n{"a": 1}\n\n  [2, "x"]  \nnull\n"ä"\n\n'],
  ])('has one value in each line: %s', async (_, content) => {
    const source = await openText('a.jsonl', content);
    expect(source.columns).toBeNull();
    const values = [{ a: 1 }, [2, 'x'], null, 'ä'];
    expect(await readValues(source, allRows(source))).toEqual(values);
    expect(await readValues(source, [3, 0, 0])).toEqual(['ä', { a: 1 }, { a: 1 }]);
  });

  it('may be longer than one chunk', async () => {
    const line = (i: number): string => JSON.stringify({ i, text: 'ä'.repeat(i % 300) });
    const content = Array.from({ length: 5_000 }, (_, i) => line(i)).join('\n');
    const source = await openText('a.jsonl', content);
    expect(source.size).toBe(5_000);
    expect(await source.read([4_999, 17, 2_500])).toEqual([line(4_999), line(17), line(2_500)]);
  });

  it.each([
    ['is empty', ' \n\n', ['the file is empty']],
    ['has bad lines', '1\n{oops}\n\n2\n[1,\n', [/^line 2: no JSON: /, /^line 5: no JSON: /]],
    ['has a huge line', `1\n"${'x'.repeat(600_000)}"\n2\n`, [/^line 2: the row is larger than 512 KiB/]],
    ['never ends a line', `1\n"${'x'.repeat(2_000_000)}`, [/^line 2: the row is larger/, /^line 2: /]],
  ])('is refused where it %s', async (_, content, expected) => {
    const problems = await findProblems('a.jsonl', content);
    expect(problems.length).toBeLessThanOrEqual(expected.length);
    problems.forEach((problem, i) => expect(problem).toMatch(expected[i] ?? ''));
    expect(problems).not.toEqual([]);
  });
});
