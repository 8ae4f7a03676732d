import type { ComponentChildren, JSX, RefObject } from 'preact';
import type uPlot from 'uplot';
import type { ChartHandle } from './use-chart.ts';
import './charts.css';

export interface ChartFrameProps {
  readonly title: string;
  /** What the values are, such as `requests per second`. */
  readonly unit?: string | undefined;
  /** What a person sees at a glance, for those who cannot. */
  readonly description: string;
  readonly handle: ChartHandle;
  /** The moment or place under the cursor. */
  readonly at?: string | undefined;
  readonly legend?: ComponentChildren;
  readonly onEscape?: (() => void) | undefined;
}

/** A chart's title, legend and drawing. Arrow keys move the cursor, Escape shows everything again. */
export function ChartFrame(props: ChartFrameProps): JSX.Element {
  const { title, unit, description, handle, at, legend, onEscape } = props;
  return (
    <figure class="chart">
      <figcaption class="chart-head">
        <h3>{title}</h3>
        {unit !== undefined && <span class="chart-unit">{unit}</span>}
        <span class="chart-at" aria-live="off">
          {at}
        </span>
      </figcaption>
      {legend}
      <div
        class="chart-host"
        ref={handle.host}
        tabIndex={0}
        role="img"
        aria-label={`${title}. ${description}`}
        onKeyDown={(event) => onKey(event, handle.chart, onEscape)}
        onBlur={() => handle.chart.current?.setCursor({ left: -10, top: -10 })}
      />
    </figure>
  );
}

function onKey(event: KeyboardEvent, ref: RefObject<uPlot | null>, onEscape?: () => void): void {
  const chart = ref.current;
  if (chart === null) return;
  const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
  if (event.key === 'Escape') {
    onEscape?.();
  } else if (steps !== undefined) {
    event.preventDefault();
    moveCursor(chart, steps * (event.shiftKey ? 10 : 1));
  }
}

function moveCursor(chart: uPlot, steps: number): void {
  const xs = chart.data[0];
  const now = chart.cursor.idx ?? (steps > 0 ? -1 : xs.length);
  const x = xs[Math.min(xs.length - 1, Math.max(0, now + steps))];
  if (x !== undefined) chart.setCursor({ left: chart.valToPos(x, 'x'), top: chart.over.clientHeight / 2 });
}
