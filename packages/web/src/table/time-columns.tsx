import { formatMsValue } from '../format/format-number.ts';
import { isWeak, percentileOf } from '../report/entry-figures.ts';
import type { Column } from './data-table.tsx';

/** What a line of times has: those of the report, and those of a run that goes on. */
type Timed = Parameters<typeof percentileOf>[0] &
  Parameters<typeof isWeak>[0] & { readonly measured: number };

/** Milliseconds; a dash where nothing was measured. */
export function timeColumn<Entry extends Timed>(
  id: string,
  title: string,
  value: (entry: Entry) => number,
): Column<Entry> {
  const cell = (entry: Entry): string => (entry.measured > 0 ? formatMsValue(value(entry)) : '–');
  return { id, title, hint: 'Milliseconds', value, cell };
}

/** The same, marked where there are too few requests for the percentile. */
export function percentileColumn<Entry extends Timed>(percentile: number): Column<Entry> {
  const value = (entry: Entry): number => percentileOf(entry, percentile);
  const column = timeColumn<Entry>(`p${percentile}`, `p${percentile}`, value);
  return {
    ...column,
    cell: (entry) => {
      const text = column.cell?.(entry);
      if (entry.measured === 0 || !isWeak(entry, percentile)) return text;
      return (
        <span
          class="muted"
          title="Too few requests for this percentile: the value is that of the slowest one"
        >
          {text}*
        </span>
      );
    },
  };
}
