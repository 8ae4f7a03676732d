import { stringify } from 'csv-stringify/sync';
import type { Cell } from './csv-rows.ts';

/** As Python writes them; cells that a spreadsheet would take for formulas are escaped. */
export function formatCsv(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], {
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
  });
}
