import type { ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ChartGroup } from '../charts/chart-group.ts';
import { HeatMap } from '../charts/heat-map.tsx';
import { type CurveSeries, PercentileChart } from '../charts/percentile-chart.tsx';
import { Section } from './section.tsx';

export interface LatencyProps {
  readonly run: ReportData;
  readonly group: ChartGroup;
}

export function Latency({ run, group }: LatencyProps): JSX.Element {
  const curves = useMemo(() => createCurves(run), [run]);
  const isOpen = curves.length > 1;
  return (
    <Section
      id="latency"
      title="Latency"
      says={
        isOpen
          ? 'Response time counts from the arrival, service time from sending.'
          : 'All requests together.'
      }
    >
      {run.total.measured === 0 ? (
        <div class="card empty">
          <strong>No response time was measured</strong>
          Connection errors have none, and no other request came to its end.
        </div>
      ) : (
        <div class="grid">
          <div class="card">
            <HeatMap title="Heat map" group={group} data={run.series.heatMap} />
          </div>
          <div class="card">
            <PercentileChart title="Percentiles" theme={group.theme} series={curves} />
          </div>
        </div>
      )}
    </Section>
  );
}

function createCurves({ total }: ReportData): CurveSeries[] {
  const { curve, serviceCurve } = total;
  if (serviceCurve === undefined) return [{ label: 'all requests', color: 'series-1', curve }];
  return [
    { label: 'response time', color: 'series-1', curve },
    { label: 'service time', color: 'series-2', curve: serviceCurve },
  ];
}
