import type { HeatMapData } from '@loadts/core';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { formatCount, formatMs, formatMsShort } from '../format/format-number.ts';
import { formatClock } from '../format/format-time.ts';
import { timeAxis, valueAxis } from './chart-axes.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartGroup } from './chart-group.ts';
import { drawHeat } from './draw-heat.ts';
import { createTimeOptions, followZoom } from './time-options.ts';
import { useChart } from './use-chart.ts';

export interface HeatMapProps {
  readonly title: string;
  readonly group: ChartGroup;
  readonly data: HeatMapData;
  readonly height?: number;
}

/** How many requests took how long, and when: what percentiles over time cannot show, two humps for one. */
export function HeatMap(props: HeatMapProps): JSX.Element {
  const { title, group, data, height = 260 } = props;
  const latest = useRef(data);
  latest.current = data;
  const plotted = useMemo(() => plot(data), [data]);
  const handle = useChart({
    structure: String(data.limitsMs.length === 0),
    data: plotted,
    height,
    theme: group.theme,
    createOptions: () => createOptions(group, () => latest.current),
    follow: (chart) => followZoom(chart, group),
  });
  const index = handle.index.value;
  return (
    <ChartFrame
      title={title}
      unit="requests by how long they took"
      description={describe(data)}
      handle={handle}
      at={index === undefined ? undefined : describeColumn(data, index)}
      onEscape={() => (group.zoom.value = undefined)}
      legend={
        <div class="heat-scale">
          few <span class="heat-scale-bar" aria-hidden="true" /> many
        </div>
      }
    />
  );
}

/** The chart's own line is empty; its second value closes the last column. */
function plot({ columns, spanSeconds }: HeatMapData): uPlot.AlignedData {
  const times = Array.from({ length: columns.length + 1 }, (_, column) => column * spanSeconds);
  return [times, times.map(() => null)];
}

function createOptions(
  group: ChartGroup,
  latest: () => HeatMapData,
): Omit<uPlot.Options, 'width' | 'height'> {
  const options = createTimeOptions({ group, marks: () => [], stages: () => [] });
  const range = (): [number, number] => {
    const { limitsMs } = latest();
    const [first, last] = [limitsMs[0] ?? 1, limitsMs.at(-1) ?? 10];
    return [first / 1.22, last];
  };
  return {
    ...options,
    hooks: { ...options.hooks, draw: [(chart) => drawHeat(chart, latest())] },
    scales: { x: { time: false }, y: { distr: 3, range } },
    axes: [
      timeAxis(),
      { ...valueAxis(formatMsShort), filter: (_, splits) => splits.map((split) => keepRound(split, splits)) },
    ],
    series: [{}, { points: { show: false } }],
  };
}

/** Of each decade 1, 2 and 5; only 1 where there are many decades. */
function keepRound(split: number, splits: readonly number[]): number | null {
  const digits = split / 10 ** Math.floor(Math.log10(split) + 1e-9);
  const isLong = (splits.at(-1) ?? 1) / (splits[0] ?? 1) > 1_000;
  return (isLong ? [1] : [1, 2, 5]).some((digit) => Math.abs(digits - digit) < 1e-6) ? split : null;
}

function describe({ limitsMs, columns }: HeatMapData): string {
  if (limitsMs.length === 0) return 'Nothing was measured.';
  const requests = columns.reduce((total, column) => total + countOf(column), 0);
  return `${formatCount(requests)} requests, the slowest below ${formatMs(limitsMs.at(-1) ?? 0)}.`;
}

function describeColumn({ columns, limitsMs, spanSeconds }: HeatMapData, index: number): string | undefined {
  const column = columns[index];
  if (column === undefined) return undefined;
  const counts = column.filter((_, i) => i % 2 === 1);
  const most = column[2 * counts.indexOf(Math.max(...counts))];
  const busiest = most === undefined ? '' : ` · most below ${formatMs(limitsMs[most] ?? 0)}`;
  return `${formatClock(index * spanSeconds)} · ${formatCount(countOf(column))} requests${busiest}`;
}

function countOf(column: readonly number[]): number {
  return column.reduce((total, value, i) => total + (i % 2 === 1 ? value : 0), 0);
}
