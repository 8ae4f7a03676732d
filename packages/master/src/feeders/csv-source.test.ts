import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCsv } from './csv-source.ts';
import { FileProblems } from './file-problems.ts';
import { allRows, findProblems, openText, readValues, writeFiles } from './open-file.case.ts';
import { readFile } from './read-chunks.ts';

const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** A file in pieces of this many bytes. */
async function openInPieces(content: string, bytes: number) {
  const folder = await writeFiles({ 'a.csv': content });
  const handle = await open(join(folder, 'a.csv'));
  const buffer = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(buffer.length / bytes) }, (_, i) =>
    buffer.subarray(i * bytes, (i + 1) * bytes),
  );
  return await openCsv(handle, Readable.from(pieces), new FileProblems());
}

describe('a CSV file', () => {
  it('has rows of texts below the names of their columns', async () => {
    const source = await openText('a.csv', 'name,age\nAda,36\nBob,\n');
    expect(source.columns).toEqual(['name', 'age']);
    expect(await readValues(source, [0, 1])).toEqual([
      ['Ada', '36'],
      ['Bob', ''],
    ]);
  });

  it.each([
    ['line ends of Windows', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n3,4\n'],
    ['no end of its last line', 'a,b\n1,2\n3,4'],
    ['blank lines', '\n\na,b\n\n1,2\r\n\r\n\n3,4\n\n\n'],
    ['line ends of different kinds', 'a,b\r\n1,2\n3,4\r\n'],
    ['quotes around its values', '"a","b"\n"1","2"\n"3","4"\n'],
  ])('may have %s', async (_, content) => {
    const source = await openText('a.csv', content);
    expect(source.columns).toEqual(['a', 'b']);
    // In any order, and more than once: the last row of the file in the middle.
    expect(await readValues(source, [1, 0, 1])).toEqual([
      ['3', '4'],
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('may have line ends, commas and quotes in quoted values, and any letters', async () => {
    const values = ['two\nlines', 'three\r\n\r\nlines', 'a "word"', 'a,b', 'äöü€😀', ''];
    const rows = values.map((value) => `${quote(value)},x\n`).join('');
    const source = await openText('a.csv', `v,w\n${rows}`);
    const expected = values.map((value) => [value, 'x']);
    expect(await readValues(source, allRows(source))).toEqual(expected);
    expect(await readValues(source, [4, 1])).toEqual([expected[4], expected[1]]);
  });

  it('gives every row as it was written, wherever reads begin and chunks end', async () => {
    const value = fc.string({
      unit: fc.constantFrom('a', 'é', '😀', ',', '"', '\n', '\r\n', ' '),
      maxLength: 8,
    });
    const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 });
    const newline = fc.constantFrom('\n', '\r\n');
    const property = fc.asyncProperty(
      rows,
      newline,
      fc.integer({ min: 1, max: 50 }),
      fc.nat(),
      async (...args) => {
        const [written, end, bytes, first] = args;
        const content = ['a,b', ...written.map((row) => row.map(quote).join(','))].join(end);
        const source = await openInPieces(content, bytes);
        try {
          expect(source.size).toBe(written.length);
          const order = allRows(source).map((row) => (row * 7 + first) % written.length);
          expect(await readValues(source, order)).toEqual(order.map((row) => written[row]));
          expect(await readValues(source, allRows(source))).toEqual(written);
        } finally {
          await source.close();
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it.each([
    ['is empty', '', ['the file is empty']],
    ['has a header only', 'a,b\n\n', ['there is no row below the header']],
    ['names a column twice', 'a,b,a,a\n1,2,3,4\n', ['line 1: several columns are named a']],
    ['has a column without a name', 'a,,c\n1,2,3\n', ['line 1: column 2 has no name']],
    [
      'has rows of different lengths',
      'a,b\n1\n"two\r\nlines",2\n\n1,2,3\n1,2\n4,5,6,7',
      ['line 2: 1 value for 2 columns', 'line 6: 3 values for 2 columns', 'line 8: 4 values for 2 columns'],
    ],
    ['has a quote that does not end', 'a\n1\n"2\n3\n4\n', [/line 3: a quoted value begins .* never ends/]],
    ['has a quote inside of a value', 'a,b\n1,2\n3,x"y"\n', [/line 3: a value has a quote inside/]],
    ['has text after a quote', 'a,b\n1,"2"3\n', [/line 2: a quoted value goes on after its closing quote/]],
    ['has a huge row', `a\n1\n"${'x'.repeat(600_000)}"\n`, [/line 3: the row is larger than 512 KiB/]],
    [
      'has a huge quoted rest',
      `a\n"1\n${'x\n'.repeat(400_000)}`,
      [/line 2: the row is larger .* not closed/],
    ],
  ])('is refused where it %s, with the lines', async (_, content, expected) => {
    expect(await findProblems('a.csv', content)).toEqual(
      expected.map((problem) => (typeof problem === 'string' ? problem : expect.stringMatching(problem))),
    );
  });

  it('shows the first ten problems, and how many there are more', async () => {
    const problems = await findProblems('a.csv', `a,b\n${'1\n'.repeat(25)}`);
    expect(problems).toHaveLength(11);
    expect(problems.at(0)).toMatch(/^line 2: /);
    expect(problems.at(-1)).toBe('and 15 more');
  });

  it('is noticed to have changed during the run', async () => {
    const folder = await writeFiles({ 'a.csv': 'a,b\n1,2\n3,4\n' });
    const path = join(folder, 'a.csv');
    const handle = await open(path);
    const source = await openCsv(handle, readFile(handle), new FileProblems());
    await writeFile(path, 'a,b\n1234567\n');
    await expect(source.read([0, 1])).rejects.toThrow('the file is not what it was');
    await writeFile(path, 'a,b\n');
    await expect(source.read([1])).rejects.toThrow('the file is shorter than it was');
    await source.close();
  });
});
