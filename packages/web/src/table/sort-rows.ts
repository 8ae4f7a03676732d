export interface Sorting {
  /** The column's id. */
  readonly column: string;
  readonly order: 'ascending' | 'descending';
}

interface Sortable<Row> {
  readonly id: string;
  readonly value: (row: Row) => string | number;
}

/** Sorted by one column; equal rows stay in the order they came in. Names count digits as numbers. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Sortable<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const column = columns.find(({ id }) => id === sorting?.column);
  if (column === undefined) return rows;
  const sign = sorting?.order === 'descending' ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(column.value(a), column.value(b)));
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
