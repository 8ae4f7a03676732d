import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { PatientRow } from './patient-row.tsx';
import { type Sorting, sortRows } from './sort-rows.ts';
import './data-table.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** What the column holds, where the title is short. */
  readonly hint?: string;
  /** What rows are sorted by. Numbers stand on the right and begin with the largest. */
  readonly value: (row: Row) => string | number;
  /** What is shown; the value itself if left out. */
  readonly cell?: (row: Row) => ComponentChildren;
}

export interface DataTableProps<Row> {
  /** For screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** A last line that stays where it is. */
  readonly footer?: Row;
  readonly sortBy?: Sorting;
  readonly selected?: string | undefined;
}

/** A table that sorts by any column. Its first column names the row. */
export function DataTable<Row>(props: DataTableProps<Row>): JSX.Element {
  const { caption, columns, rows, keyOf, footer, selected } = props;
  const sorting = useSignal<Sorting | undefined>(props.sortBy);
  const sorted = sortRows(rows, columns, sorting.value);
  return (
    <section class="table-scroll" aria-label={caption} tabIndex={0}>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <HeadCell
                key={column.id}
                column={column}
                isNumber={index > 0 && isNumber(column, footer ?? rows[0])}
                sorting={sorting.value}
                onSort={(next) => (sorting.value = next)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row, index) => (
            <PatientRow
              key={keyOf(row)}
              row={row}
              index={index}
              isSelected={keyOf(row) === selected}
              draw={(shown) => <Cells columns={columns} row={shown} />}
            />
          ))}
        </tbody>
        {footer !== undefined && (
          <tfoot>
            <tr>
              <Cells columns={columns} row={footer} />
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly isNumber: boolean;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting) => void;
}

function HeadCell<Row>({ column, isNumber: isNum, sorting, onSort }: HeadCellProps<Row>): JSX.Element {
  const { id, title, hint } = column;
  const order = sorting?.column === id ? sorting.order : undefined;
  const first = isNum ? 'descending' : 'ascending';
  const other = first === 'ascending' ? 'descending' : 'ascending';
  return (
    <th scope="col" class={isNum ? 'num' : undefined} aria-sort={order} title={hint}>
      <button
        type="button"
        class="sort"
        onClick={() => onSort({ column: id, order: order === first ? other : first })}
      >
        {title}
      </button>
    </th>
  );
}

function Cells<Row>({
  columns,
  row,
}: {
  readonly columns: readonly Column<Row>[];
  readonly row: Row;
}): JSX.Element {
  return (
    <>
      {columns.map((column, index) => {
        const content = column.cell ? column.cell(row) : column.value(row);
        if (index === 0) {
          return (
            <th key={column.id} scope="row" class="name">
              {content}
            </th>
          );
        }
        return (
          <td key={column.id} class={isNumber(column, row) ? 'num' : undefined}>
            {content}
          </td>
        );
      })}
    </>
  );
}

function isNumber<Row>(column: Column<Row>, row: Row | undefined): boolean {
  return row !== undefined && typeof column.value(row) === 'number';
}
