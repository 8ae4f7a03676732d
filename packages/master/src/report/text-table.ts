import stringWidth from 'string-width';
import { printable, shorten } from './printable-text.ts';
import { paint, type ReportStyle, type TextFormat } from './style.ts';
import { fractionWidth, layOutColumns, type PlacedColumn, type TableColumn } from './table-layout.ts';

interface FormattedCell {
  readonly text: string;
  readonly format: TextFormat | undefined;
}

export type TableCell = string | FormattedCell;

export interface TextTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly footer?: readonly TableCell[];
}

export interface FormattedTable {
  readonly lines: readonly string[];
  /** Titles of the columns that had no room. */
  readonly dropped: readonly string[];
}

/**
 * Aligned columns, with a rule below the header and above the footer. It is as wide as its content, at most
 * `style.width`; only the columns that cannot be left out may be wider than that.
 */
export function formatTable(table: TextTable, style: ReportStyle): FormattedTable {
  const rows = [...table.rows, ...(table.footer ? [table.footer] : [])].map((row) => row.map(readCell));
  const texts = rows.map((row) => row.map((cell) => cell.text));
  const placed = layOutColumns(table.columns, texts, style.width);
  const rule = formatRule(placed, style);
  const lines = rows.map((row) => formatRow(row, placed, style));
  if (table.footer) lines.splice(-1, 0, rule);
  const kept = new Set(placed.map((column) => column.index));
  return {
    lines: [formatHeader(placed, style), rule, ...lines],
    dropped: table.columns.filter((_, index) => !kept.has(index)).map((column) => column.title),
  };
}

function readCell(cell: TableCell): FormattedCell {
  if (typeof cell === 'string') return { text: printable(cell), format: undefined };
  return { text: printable(cell.text), format: cell.format };
}

function formatHeader(placed: readonly PlacedColumn[], style: ReportStyle): string {
  const titles = placed.map((column) => {
    const title = paint(style, 'bold', column.title);
    const space = ' '.repeat(column.width - stringWidth(column.title));
    return column.align === 'left' ? title + space : space + title;
  });
  return joinColumns(placed, titles, style);
}

function formatRow(
  cells: readonly FormattedCell[],
  placed: readonly PlacedColumn[],
  style: ReportStyle,
): string {
  const texts = placed.map((column) => {
    const { text, format } = cells[column.index] as FormattedCell;
    const shown = shorten(text, column.width);
    const space = column.width - stringWidth(shown);
    const after = spaceAfter(shown, space, column);
    return ' '.repeat(space - after) + paint(style, format, shown) + ' '.repeat(after);
  });
  return joinColumns(placed, texts, style);
}

function spaceAfter(text: string, space: number, { align, fraction }: PlacedColumn): number {
  if (align === 'left') return space;
  return align === 'decimal' ? fraction - fractionWidth(text) : 0;
}

function joinColumns(placed: readonly PlacedColumn[], texts: readonly string[], style: ReportStyle): string {
  const bar = paint(style, 'dim', '│');
  return placed
    .map(({ gap }, i) => gap.replace('│', bar) + texts[i])
    .join('')
    .trimEnd();
}

function formatRule(placed: readonly PlacedColumn[], style: ReportStyle): string {
  const parts = placed.map(({ width, gap }) => {
    return gap.replaceAll(' ', '─').replace('│', '┼') + '─'.repeat(width);
  });
  return paint(style, 'dim', parts.join(''));
}
