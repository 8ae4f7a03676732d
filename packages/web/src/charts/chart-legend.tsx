import type { JSX } from 'preact';
import type { ColorName } from './chart-colors.ts';

export interface LegendItem {
  readonly label: string;
  readonly color: ColorName;
  /** Under the cursor. */
  readonly value: string | undefined;
  readonly isHidden: boolean;
}

export interface ChartLegendProps {
  readonly items: readonly LegendItem[];
  readonly onToggle: (label: string) => void;
}

/** The names of a chart's lines with their values under the cursor; each is a button that hides its line. */
export function ChartLegend({ items, onToggle }: ChartLegendProps): JSX.Element {
  return (
    <ul class="legend">
      {items.map(({ label, color, value, isHidden }) => (
        <li key={label}>
          <button
            type="button"
            class="legend-item"
            aria-pressed={!isHidden}
            title={isHidden ? `Show ${label}` : `Hide ${label}`}
            onClick={() => onToggle(label)}
          >
            <span class="swatch" style={{ background: `var(--${color})` }} aria-hidden="true" />
            <span class="legend-label">{label}</span>
            <span class="legend-value">{value}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
