import type { PercentileCurve } from '@loadts/core';
import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { formatMs, formatMsShort } from '../format/format-number.ts';
import type { Theme } from '../theme/theme.ts';
import { createAxis, valueAxis } from './chart-axes.ts';
import { type ColorName, readColor } from './chart-colors.ts';
import { ChartFrame } from './chart-frame.tsx';
import { ChartLegend } from './chart-legend.tsx';
import { nines, PERCENTILE_TICKS, percentileAt, valueAt } from './percentile-scale.ts';
import { useChart } from './use-chart.ts';

export interface CurveSeries {
  readonly label: string;
  readonly color: ColorName;
  readonly curve: PercentileCurve;
}

export interface PercentileChartProps {
  readonly title: string;
  readonly theme: ReadonlySignal<Theme>;
  readonly series: readonly CurveSeries[];
  readonly height?: number;
}

/** Latency by percentile, with as much room between 99 and 99.9 % as between 90 and 99 %. */
export function PercentileChart(props: PercentileChartProps): JSX.Element {
  const { title, theme, series, height = 260 } = props;
  const hidden = useSignal<ReadonlySet<string>>(new Set());
  const latest = useRef(series);
  latest.current = series;
  const data = useMemo(() => alignCurves(series), [series]);
  const handle = useChart({
    structure: series.map(({ label, color }) => `${color} ${label}`).join('\n'),
    data,
    height,
    theme,
    createOptions: () => createOptions(latest.current),
    follow: (chart) => {
      for (const [i, { label }] of latest.current.entries()) {
        chart.setSeries(i + 1, { show: !hidden.value.has(label) });
      }
    },
  });
  const index = handle.index.value;
  const items = series.map(({ label, color }, i) => {
    const value = index === undefined ? undefined : data[i + 1]?.[index];
    const text = value === undefined || value === null ? undefined : formatMs(value);
    return { label, color, value: text, isHidden: hidden.value.has(label) };
  });
  const onToggle = (label: string): void => {
    const changed = new Set(hidden.value);
    if (!changed.delete(label)) changed.add(label);
    hidden.value = changed;
  };
  return (
    <ChartFrame
      title={title}
      unit="so many percent were at least as fast"
      description={series.map(describe).join(' ')}
      handle={handle}
      at={index === undefined ? undefined : `p${percentileAt(data[0][index] ?? 0)}`}
      legend={<ChartLegend items={items} onToggle={onToggle} />}
    />
  );
}

/** All curves over the points of all of them. */
function alignCurves(series: readonly CurveSeries[]): uPlot.AlignedData {
  const points = new Set(series.flatMap(({ curve }) => curve.percentiles.map((p) => nines(p, curve))));
  const xs = [...points].sort((a, b) => a - b);
  return [xs, ...series.map(({ curve }) => xs.map((x) => valueAt(curve, x)))];
}

function createOptions(series: readonly CurveSeries[]): Omit<uPlot.Options, 'width' | 'height'> {
  return {
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 7, width: 2, stroke: () => readColor('surface') },
    },
    scales: { x: { time: false }, y: { range: (_, __, max) => [0, max > 0 ? 1.06 * max : 1] } },
    axes: [
      {
        ...createAxis(),
        size: 22,
        splits: (_, __, ___, max) => PERCENTILE_TICKS.map((p) => nines(p)).filter((x) => x <= max),
        values: (_, splits) => splits.map((x) => `${percentileAt(x)}`),
      },
      valueAxis(formatMsShort),
    ],
    series: [
      {},
      ...series.map(({ label, color }) => ({
        label,
        stroke: readColor(color),
        width: 1.75,
        points: { show: false },
      })),
    ],
  };
}

function describe({ label, curve }: CurveSeries): string {
  if (curve.percentiles.length === 0) return `${label}: nothing measured.`;
  const parts = [50, 95, 99].map((p) => `${formatMs(valueAt(curve, nines(p)) ?? 0)} at ${p} %`);
  return `${label}: ${parts.join(', ')}, the slowest ${formatMs(curve.valuesMs.at(-1) ?? 0)}.`;
}
