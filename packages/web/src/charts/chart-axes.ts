import type uPlot from 'uplot';
import { formatClock } from '../format/format-time.ts';
import { readColor } from './chart-colors.ts';

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];
const AXIS_WIDTH = 58;

/** Seconds of the run, at round steps. */
export function timeAxis(): uPlot.Axis {
  return {
    ...createAxis(),
    incrs: TIME_STEPS,
    space: 56,
    size: 22,
    grid: { show: false },
    values: (_, splits) => splits.map((split) => formatClock(split)),
  };
}

/** The axis on the left. */
export function valueAxis(format: (value: number) => string): uPlot.Axis {
  return {
    ...createAxis(),
    space: 36,
    size: AXIS_WIDTH,
    values: (_, splits) => splits.map((split) => (split === null ? '' : format(split))),
  };
}

/** What all axes have in common: colours and type of the theme. */
export function createAxis(): uPlot.Axis {
  return {
    stroke: readColor('text-3'),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
    gap: 6,
    grid: { stroke: readColor('grid'), width: 1 },
    ticks: { show: false },
  };
}
