import type { ReadonlySignal } from '@preact/signals';
import { type Signal, signal } from '@preact/signals';
import type { Theme } from '../theme/theme.ts';

/** Seconds of the run. */
export interface TimeRange {
  readonly min: number;
  readonly max: number;
}

/** Charts over the same time: they share the cursor and the zoom. */
export interface ChartGroup {
  readonly id: string;
  readonly theme: ReadonlySignal<Theme>;
  /** `undefined` shows the whole run. */
  readonly zoom: Signal<TimeRange | undefined>;
  /** The axis is at least so long, so that a run that has just begun fills it from the left. */
  readonly leastSeconds: number;
}

export interface ChartGroupOptions {
  readonly leastSeconds?: number;
}

export function createChartGroup(
  id: string,
  theme: ReadonlySignal<Theme>,
  { leastSeconds = 1 }: ChartGroupOptions = {},
): ChartGroup {
  return { id, theme, zoom: signal(undefined), leastSeconds };
}
