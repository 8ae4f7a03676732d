import type { ColorName } from '../../charts/chart-colors.ts';
import type { TimeSeries } from '../../charts/time-chart.tsx';
import type { PointColumns } from '../live/point-columns.ts';

/** The lines of each chart. */
export interface ChartSeries {
  readonly times: readonly number[];
  readonly throughput: readonly TimeSeries[];
  readonly latency: readonly TimeSeries[];
  readonly users: readonly TimeSeries[];
  readonly failures: readonly TimeSeries[];
}

/** Dropped arrivals have a line only in runs that have arrivals. */
export function createSeries(points: PointColumns): ChartSeries {
  const failed = area('failed', 'series-fail', points.failures);
  const hasArrivals = points.dropped.some((dropped) => dropped !== null);
  return {
    times: points.seconds,
    throughput: [area('requests', 'series-1', points.requests)],
    latency: [
      line('p50', 'rank-1', points.p50Ms),
      line('p95', 'rank-3', points.p95Ms),
      line('p99', 'rank-4', points.p99Ms),
    ],
    users: [area('users', 'series-users', points.users)],
    failures: hasArrivals ? [failed, area('arrivals dropped', 'series-4', points.dropped)] : [failed],
  };
}

function line(label: string, color: ColorName, values: TimeSeries['values']): TimeSeries {
  return { label, color, values };
}

function area(label: string, color: ColorName, values: TimeSeries['values']): TimeSeries {
  return { label, color, values, isArea: true };
}
