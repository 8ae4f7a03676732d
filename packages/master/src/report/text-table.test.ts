import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { formatTable, type TextTable } from './text-table.ts';

const plain = (width: number) => ({ width, color: false });

const table = (names: readonly string[], footer?: readonly string[]): TextTable => ({
  columns: [
    { title: 'Name', align: 'left', shrinksTo: 12 },
    { title: 'Count', align: 'right', startsGroup: true },
    { title: 'Time', align: 'decimal', dropOrder: 2 },
    { title: 'Rate', align: 'decimal', dropOrder: 1 },
  ],
  rows: names.map((name, i) => [name, String(10 ** i), `${4.21 * 10 ** i}`.slice(0, 5), '0.30']),
  ...(footer ? { footer } : undefined),
});

/** In which column of the terminal a text begins. */
const columnOf = (line: string, text: string): number => stringWidth(line.slice(0, line.indexOf(text)));

describe('formatTable', () => {
  it('puts a rule below the header and above the footer', () => {
    const { lines } = formatTable(table(['/a', '/b'], ['All', '11', '-', '0.60']), plain(80));
    expect(lines.map((line) => line.startsWith('─'))).toEqual([false, true, false, false, true, false]);
    expect(columnOf(lines[1] as string, '┼')).toBe(columnOf(lines[0] as string, '│'));
    expect(lines[0]).toMatch(/^Name +│ Count +Time +Rate$/);
    expect(lines.at(-1)).toMatch(/^All +│ +11 +- +0\.60$/);
  });

  it('puts decimal points below each other, whole numbers and dashes before them', () => {
    const { lines } = formatTable(
      {
        columns: [{ title: 'Time', align: 'decimal' }],
        rows: [['0.421'], ['42.1'], ['421'], ['812*'], ['-']],
      },
      plain(80),
    );
    expect(lines.slice(2)).toEqual(['  0.421', ' 42.1', '421', '812*', '  -']);
  });

  it('aligns the columns behind names of wide characters', () => {
    const { lines } = formatTable(table(['/plain', '/検索/結果', '/👍🏽']), plain(80));
    expect(new Set(lines.filter((_, i) => i !== 1).map((line) => columnOf(line, '│'))).size).toBe(1);
    expect(lines[3]).toContain('/検索/結果 │');
    for (const line of lines) expect(line.trimEnd()).toBe(line);
  });

  it('shows what would move the cursor as symbols, on one line a row', () => {
    const { lines } = formatTable(table(['/a\n\x1b[2J\x1b[31mred\r/b']), plain(80));
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('/a␊␛[2J␛[31mred␍/b');
  });

  it('shortens only the name while that is enough', () => {
    const { lines, dropped } = formatTable(table([`/start${'x'.repeat(100)}/end`]), plain(50));
    expect(dropped).toEqual([]);
    expect(lines[2]).toMatch(/^\/start.*…x+\/end │/);
    for (const line of lines) expect(stringWidth(line)).toBe(50);
  });

  it('brings the columns closer before it leaves any out', () => {
    const names = ['/a-name-of-a-width-of-30-chars', '/b', '/c', '/d'];
    const spacious = formatTable(table(names), plain(80)).lines;
    const close = formatTable(table(names), plain(46));
    expect(spacious[5]).toMatch(/ 4210 {5}0\.30$/);
    expect(close.lines[5]).toMatch(/ 4210 0\.30$/);
    expect(close.dropped).toEqual([]);
  });

  it('leaves out the least important columns where it is narrow, and says which', () => {
    expect(formatTable(table(['/a-name-of-22-columns.']), plain(26)).dropped).toEqual(['Rate']);
    expect(formatTable(table(['/a-name-of-22-columns.']), plain(24)).dropped).toEqual(['Time', 'Rate']);
  });

  it('is rather too wide than without its essential columns', () => {
    const { lines } = formatTable(table(['/a-name-of-22-columns.']), plain(5));
    expect(lines[2]).toMatch(/^\/\S{2,3}…\S{3,4} │ +1$/);
  });

  it('never shows more than the longest width of a limited column', () => {
    const { lines } = formatTable(
      { columns: [{ title: 'Type', align: 'left', maxWidth: 8 }], rows: [['PROPPATCHES'], ['GET']] },
      plain(80),
    );
    expect(lines[2]).toBe('PROP…HES');
  });

  it('colours cells only where colour is wanted, without moving anything', () => {
    const cells = (color: boolean) =>
      formatTable(
        {
          columns: [
            { title: 'A', align: 'right' },
            { title: 'B', align: 'right' },
          ],
          rows: [[{ text: '12', format: 'red' }, '3']],
        },
        { width: 80, color },
      ).lines;
    const [header, rule, row] = cells(true);
    expect(row).toBe('\x1b[31m12\x1b[39m  3');
    expect(header).toContain('\x1b[1mA');
    expect(rule).toContain('\x1b[2m');
    expect(cells(false).join('')).not.toContain('\x1b');
  });

  it('fits any names into any width that has room for the essential columns', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 80 }), { maxLength: 5 }),
        fc.integer({ min: 16, max: 220 }),
        (names, width) => {
          const { lines } = formatTable(table(names), plain(width));
          expect(lines).toHaveLength(names.length + 2);
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
