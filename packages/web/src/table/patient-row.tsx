import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { useSight } from './use-sight.ts';

/** So many rows at a time, and so long between them: a frame has room for them beside all else. */
const ROWS_AT_ONCE = 8;
const PAUSE_MS = 50;

export interface PatientRowProps<Row> {
  readonly row: Row;
  /** Its place in the table. */
  readonly index: number;
  readonly isSelected: boolean;
  readonly draw: (row: Row) => ComponentChildren;
}

interface Drawn<Row> {
  readonly row: Row;
  readonly isSelected: boolean;
  readonly line: JSX.Element;
}

/** A row of numbers that change: at once where somebody sees it, and a moment later, some at a time, where nobody does. */
export function PatientRow<Row>({ row, index, isSelected, draw }: PatientRowProps<Row>): JSX.Element {
  const element = useRef<HTMLTableRowElement>(null);
  const drawn = useRef<Drawn<Row>>(undefined);
  const isDue = useRef(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const drawNow = (): void => {
    isDue.current = true;
    redraw();
  };
  const isSeen = useSight(element, drawNow);
  const isOther = drawn.current?.isSelected !== isSelected;
  if (isDue.current || isSeen.current || isOther) {
    const line = (
      <tr ref={element} class={isSelected ? 'is-selected' : undefined}>
        {draw(row)}
      </tr>
    );
    drawn.current = { row, isSelected, line };
    isDue.current = false;
  }
  const waits = drawn.current?.row !== row;
  useEffect(() => {
    // One that waits already draws the newest row: a second that comes meanwhile must not put it off.
    if (!waits || timer.current !== undefined) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        drawNow();
      },
      PAUSE_MS * (1 + Math.floor(index / ROWS_AT_ONCE)),
    );
  }, [row, waits]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The very same element again is not even looked at.
  return drawn.current?.line as JSX.Element;
}
