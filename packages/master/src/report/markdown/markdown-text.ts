import { printable } from '../printable-text.ts';

const MAX_CELL = 200;

/** Any text on one line of Markdown, shown as it is: also in a cell of a table. */
export function markdownText(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' ').trim());
  const short = line.length > MAX_CELL ? `${line.slice(0, MAX_CELL - 1)}…` : line;
  return short
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~#@]/g, (character) => `\\${character}`);
}

/** A table of texts that are Markdown already; the columns after the first `leftColumns` hold numbers. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  leftColumns = 1,
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map((_, i) => (i < leftColumns ? ':---' : '---:'))), ...rows.map(line)];
}
