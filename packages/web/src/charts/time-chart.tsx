import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { formatClock } from '../format/format-time.ts';
import { timeAxis, valueAxis } from './chart-axes.ts';
import { type ColorName, readColor, withOpacity } from './chart-colors.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartGroup } from './chart-group.ts';
import { ChartLegend } from './chart-legend.tsx';
import { describeSeries } from './describe-series.ts';
import { type EventMark, nearestMark, type Stage } from './time-marks.ts';
import { createTimeOptions, followZoom } from './time-options.ts';
import { useChart } from './use-chart.ts';

export interface TimeSeries {
  readonly label: string;
  readonly color: ColorName;
  readonly values: readonly (number | null)[];
  /** Filled below the line. */
  readonly isArea?: boolean;
}

export interface TimeChartProps {
  readonly title: string;
  readonly unit?: string;
  readonly group: ChartGroup;
  /** Seconds of the run, ascending. */
  readonly times: readonly number[];
  readonly series: readonly TimeSeries[];
  /** In the legend. */
  readonly format: (value: number) => string;
  /** On the axis, where there is less room. */
  readonly formatAxis?: (value: number) => string;
  readonly marks?: readonly EventMark[];
  readonly stages?: readonly Stage[];
  /** Stretches that are compared, along the bottom. */
  readonly bands?: readonly Stage[];
  readonly height?: number;
  /** The run goes on: without a cursor, the legend has the newest values. */
  readonly isLive?: boolean;
}

/** Lines over the run. Drag to zoom all charts of the group, double click to see everything again. */
export function TimeChart(props: TimeChartProps): JSX.Element {
  const { title, unit, group, times, series, format, height = 190, isLive = false } = props;
  const hidden = useSignal<ReadonlySet<string>>(new Set());
  const latest = useRef(props);
  latest.current = props;
  const data = useMemo(() => [times, ...series.map(({ values }) => values)], [times, series]);
  const handle = useChart({
    structure: series.map(({ label, color }) => `${color} ${label}`).join('\n'),
    data: data as uPlot.AlignedData,
    height,
    theme: group.theme,
    createOptions: () => createOptions(() => latest.current),
    follow: (chart) => {
      followZoom(chart, group);
      for (const [index, { label }] of latest.current.series.entries()) {
        const show = !hidden.value.has(label);
        if (chart.series[index + 1]?.show !== show) chart.setSeries(index + 1, { show });
      }
    },
  });
  const index = handle.index.value;
  const second = index === undefined ? undefined : times[index];
  const shown = index ?? (isLive ? times.length - 1 : undefined);
  const items = series.map(({ label, color, values }) => {
    const value = shown === undefined ? undefined : values[shown];
    const text = value === undefined || value === null ? undefined : format(value);
    return { label, color, value: text, isHidden: hidden.value.has(label) };
  });
  const mark = second === undefined ? undefined : nearestMark(props.marks ?? [], second, times);
  return (
    <ChartFrame
      title={title}
      unit={unit}
      description={describeSeries(series, format)}
      handle={handle}
      at={second === undefined ? undefined : [formatClock(second), mark?.text].filter(Boolean).join(' · ')}
      onEscape={() => (group.zoom.value = undefined)}
      legend={
        <ChartLegend items={items} onToggle={(label) => (hidden.value = toggle(hidden.value, label))} />
      }
    />
  );
}

/** @param latest the props as they are whenever something is drawn */
function createOptions(latest: () => TimeChartProps): Omit<uPlot.Options, 'width' | 'height'> {
  const { group, series, format, formatAxis = format } = latest();
  return {
    ...createTimeOptions({
      group,
      marks: () => latest().marks ?? [],
      stages: () => latest().stages ?? [],
      bands: () => latest().bands ?? [],
    }),
    scales: { x: { time: false }, y: { range: (_, __, max) => [0, max > 0 ? 1.1 * max : 1] } },
    axes: [timeAxis(), valueAxis(formatAxis)],
    series: [{}, ...series.map(createLine)],
  };
}

function createLine({ label, color, isArea = false }: TimeSeries): uPlot.Series {
  const stroke = readColor(color);
  return {
    label,
    stroke,
    width: 1.5,
    ...(isArea && { fill: withOpacity(stroke, 0.12) }),
    points: { show: (chart, _, from, to) => to - from < 30 && chart.width > 0, size: 5 },
  };
}

function toggle(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const changed = new Set(set);
  if (!changed.delete(item)) changed.add(item);
  return changed;
}
