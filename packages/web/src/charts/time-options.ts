import type uPlot from 'uplot';
import { readColor } from './chart-colors.ts';
import type { ChartGroup } from './chart-group.ts';
import { drawBands } from './time-bands.ts';
import { drawMarks, drawStages, type EventMark, type Stage } from './time-marks.ts';

export interface TimeOptions {
  readonly group: ChartGroup;
  readonly marks: () => readonly EventMark[];
  readonly stages: () => readonly Stage[];
  readonly bands?: () => readonly Stage[];
}

/** What charts over time have in common: shared cursor and zoom, marks and stages. */
export function createTimeOptions({ group, marks, stages, bands }: TimeOptions): Pick<
  uPlot.Options,
  'cursor' | 'hooks' | 'legend' | 'select' | 'padding'
> & {
  readonly cursor: uPlot.Cursor;
  readonly hooks: uPlot.Hooks.Arrays;
} {
  const isShared = (type: string): boolean => type === 'mousemove' || type === 'mouseleave';
  return {
    padding: [8, 16, 0, 0],
    legend: { show: false },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 6 },
      sync: { key: group.id, scales: ['x', null], filters: { pub: isShared, sub: isShared } },
      points: { size: 7, width: 2, stroke: () => readColor('surface') },
    },
    hooks: {
      drawClear: [(chart) => drawStages(chart, stages())],
      draw: [(chart) => drawMarks(chart, marks()), (chart) => drawBands(chart, bands?.() ?? [])],
      setSelect: [(chart) => zoomToSelection(chart, group)],
      ready: [(chart) => chart.over.addEventListener('dblclick', () => (group.zoom.value = undefined))],
    },
  };
}

/** Shows what all charts of the group show. */
export function followZoom(chart: uPlot, group: ChartGroup): void {
  const times = chart.data[0];
  const range = group.zoom.value;
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 1];
  const limits = range ?? { min: first, max: Math.max(last, first + group.leastSeconds) };
  chart.setScale('x', { min: limits.min, max: limits.max });
}

function zoomToSelection(chart: uPlot, group: ChartGroup): void {
  const { left, width } = chart.select;
  if (width < 6) return;
  const [min, max] = [chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x')];
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (max - min >= 1) group.zoom.value = { min, max };
}
