import stringWidth from 'string-width';

// Below this a name says nothing; the table is rather too wide.
const LEAST_SHRUNK_WIDTH = 8;
// A name this much wider than `shrinksTo` is worth more than spacious columns.
const SPACIOUS_FACTOR = 2;

export interface TableColumn {
  readonly title: string;
  /** `decimal` puts the decimal points below each other where there is room for it. */
  readonly align: 'left' | 'right' | 'decimal';
  /** A line stands before it. */
  readonly startsGroup?: boolean;
  readonly maxWidth?: number;
  /** The one column that is shortened when the table is too wide, down to this width. */
  readonly shrinksTo?: number;
  /** Where that is not enough, columns are left out in this order. One without a number stays. */
  readonly dropOrder?: number;
}

/** A column that has found its place. */
export interface PlacedColumn {
  /** Where its cells stand in each row. */
  readonly index: number;
  readonly title: string;
  readonly align: TableColumn['align'];
  /** What stands between it and the column before. */
  readonly gap: string;
  readonly width: number;
  /** In a decimal column, the width of what follows the whole number. */
  readonly fraction: number;
}

type MeasuredColumn = PlacedColumn & Pick<TableColumn, 'shrinksTo' | 'dropOrder'>;

/**
 * Decides which columns are shown, how wide and how far apart, so that they fit `width` together: with all the
 * space they like, else close together, else without the least important ones.
 */
export function layOutColumns(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): PlacedColumn[] {
  const spacious = columns.map((column, index) => measureColumn(column, index, rows));
  if (tableWidth(spacious) - spareWidth(spacious, SPACIOUS_FACTOR) <= width) return shrink(spacious, width);
  let close = columns.map((column, index) => measureColumn(bringCloser(column), index, rows, ' '));
  while (tableWidth(close) - spareWidth(close) > width) {
    const next = leastImportant(close);
    if (next === undefined) break;
    close = close.filter((column) => column !== next);
  }
  return shrink(close, width);
}

/** Width of the decimals and of a mark behind the number. */
export function fractionWidth(text: string): number {
  const whole = /^[<>]?\d+/.exec(text)?.[0] ?? text;
  return text.length - whole.length;
}

function bringCloser(column: TableColumn): TableColumn {
  return column.align === 'decimal' ? { ...column, align: 'right' } : column;
}

function measureColumn(
  column: TableColumn,
  index: number,
  rows: readonly (readonly string[])[],
  gap = '  ',
): MeasuredColumn {
  let whole = 0;
  let fraction = 0;
  for (const row of rows) {
    const text = row[index] ?? '';
    const after = column.align === 'decimal' ? fractionWidth(text) : 0;
    fraction = Math.max(fraction, after);
    whole = Math.max(whole, stringWidth(text) - after);
  }
  const content = Math.min(whole + fraction, column.maxWidth ?? Number.POSITIVE_INFINITY);
  const width = Math.max(stringWidth(column.title), content);
  return { ...column, index, fraction, width, gap: index === 0 ? '' : column.startsGroup ? ' │ ' : gap };
}

function tableWidth(columns: readonly MeasuredColumn[]): number {
  return columns.reduce((total, { gap, width }) => total + gap.length + width, 0);
}

function spareWidth(columns: readonly MeasuredColumn[], factor = 1): number {
  return columns.reduce(
    (spare, { width, shrinksTo = width }) => spare + Math.max(0, width - shrinksTo * factor),
    0,
  );
}

function leastImportant(columns: readonly MeasuredColumn[]): MeasuredColumn | undefined {
  return columns
    .filter(({ dropOrder }) => dropOrder !== undefined)
    .sort((a, b) => Number(a.dropOrder) - Number(b.dropOrder))[0];
}

function shrink(columns: readonly MeasuredColumn[], width: number): PlacedColumn[] {
  const tooWide = Math.max(0, tableWidth(columns) - width);
  return columns.map((column) => {
    if (column.shrinksTo === undefined) return column;
    const least = Math.min(column.width, LEAST_SHRUNK_WIDTH);
    return { ...column, width: Math.max(least, column.width - tooWide) };
  });
}
