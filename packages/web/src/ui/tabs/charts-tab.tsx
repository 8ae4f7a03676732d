import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ChartGroup } from '../../charts/chart-group.ts';
import { createStages, toMark } from '../../charts/event-marks.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import {
  formatCompact,
  formatCount,
  formatMs,
  formatMsShort,
  formatRate,
} from '../../format/format-number.ts';
import type { LiveData } from '../live/live-data.ts';
import { sincePoint } from '../live/point-columns.ts';
import { createSeries } from './chart-series.ts';

export interface ChartsTabProps {
  readonly data: LiveData;
  readonly group: ChartGroup;
}

/** Seconds; undefined for the whole run. */
const WINDOWS: readonly (readonly [name: string, seconds: number | undefined])[] = [
  ['Whole run', undefined],
  ['15 min', 900],
  ['5 min', 300],
  ['1 min', 60],
];

/** The run over time: one cursor and one zoom for all charts. */
export function ChartsTab({ data, group }: ChartsTabProps): JSX.Element {
  const windowSeconds = useSignal<number | undefined>(undefined);
  const { points, events, stages } = data;
  const length = windowSeconds.value;
  const series = useMemo(() => {
    const last = points.seconds.at(-1) ?? 0;
    return createSeries(length === undefined ? points : sincePoint(points, last - length));
  }, [points, length]);
  const lastSecond = points.seconds.at(-1) ?? 0;
  const timeline = useMemo(
    () => ({
      marks: events.filter(({ kind }) => kind !== 'stage').map(toMark),
      stages: createStages(stages, lastSecond + 1),
    }),
    [events, stages, lastSecond],
  );
  const shared = { group, times: series.times, isLive: true, height: 210, ...timeline };
  const rates = { format: formatRate, formatAxis: formatCompact };
  const times = { format: formatMs, formatAxis: formatMsShort };
  const counts = { format: formatCount, formatAxis: formatCompact };
  return (
    <>
      <ChartTools
        group={group}
        current={length}
        onPick={(seconds) => {
          group.zoom.value = undefined;
          windowSeconds.value = seconds;
        }}
      />
      <div class="grid">
        <div class="card">
          <TimeChart
            title="Throughput"
            unit="requests / s"
            {...shared}
            {...rates}
            series={series.throughput}
          />
        </div>
        <div class="card">
          <TimeChart title="Response time" {...shared} {...times} series={series.latency} />
        </div>
        <div class="card">
          <TimeChart title="Users" {...shared} {...counts} series={series.users} />
        </div>
        <div class="card">
          <TimeChart title="Failures" unit="per second" {...shared} {...rates} series={series.failures} />
        </div>
      </div>
    </>
  );
}

interface ChartToolsProps {
  readonly group: ChartGroup;
  readonly current: number | undefined;
  readonly onPick: (seconds: number | undefined) => void;
}

function ChartTools({ group, current, onPick }: ChartToolsProps): JSX.Element {
  const isZoomed = group.zoom.value !== undefined;
  return (
    <div class="tools">
      <fieldset class="segments" aria-label="What the charts show">
        {WINDOWS.map(([name, seconds]) => (
          <button
            key={name}
            type="button"
            class="segment"
            data-on={!isZoomed && current === seconds}
            aria-pressed={!isZoomed && current === seconds}
            onClick={() => onPick(seconds)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <p class="tools-says">
        {isZoomed
          ? 'Zoomed in: double-click or Escape shows everything again.'
          : 'Drag over a chart to zoom.'}
      </p>
    </div>
  );
}
