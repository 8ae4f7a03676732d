import type { LevelMeasurement, SearchResult } from '@loadts/core';
import { formatRate } from '../format-number.ts';
import { xmlText } from '../junit/xml-text.ts';
import {
  type ChartLine,
  type ChartPoint,
  chartLegend,
  formatTick,
  type LineChart,
  lineChart,
  niceTicks,
} from '../page/line-chart.ts';
import { formatLoad } from './describe-search.ts';

const PERCENTILES = [
  { name: 'p50', className: 'line-2', of: ({ p50Ms }: LevelMeasurement) => p50Ms },
  { name: 'p95', className: 'line-1', of: ({ p95Ms }: LevelMeasurement) => p95Ms },
  { name: 'p99', className: 'line-3', of: ({ p99Ms }: LevelMeasurement) => p99Ms },
] as const;

const DOTS = [
  { name: 'held', className: 'ok' },
  { name: 'failed', className: 'not' },
] as const;

/** Throughput and times over the load, and times over the throughput: where the curve turns up is the limit. */
export function searchCharts(result: SearchResult): string {
  const { by, ceiling } = result;
  const levels = result.levels.toSorted((a, b) => a.level - b.level);
  const load = by === 'rate' ? 'iterations asked for each second' : 'users';
  const overLoad = {
    xTicks: ticksOf(levels.map(({ level }) => level)),
    mark: ceiling === null ? undefined : { x: ceiling, text: `ceiling: ${formatLoad(ceiling, by)}` },
  };
  const throughput: ChartLine = {
    name: 'requests per second',
    className: 'line-1',
    points: levels.map((level) => dotOf(result, level, level.level, level.requestsPerSecond)),
  };
  const times = (isOverLoad: boolean): ChartLine[] =>
    PERCENTILES.map(({ name, className, of }) => ({
      name,
      className,
      points: levels.flatMap((level): ChartPoint[] => {
        const ms = of(level);
        if (ms === null) return [];
        return [dotOf(result, level, isOverLoad ? level.level : level.requestsPerSecond, ms)];
      }),
    }));
  const overThroughput = {
    title: 'Response times over requests per second',
    lines: times(false),
    xTicks: ticksOf(levels.map(({ requestsPerSecond }) => requestsPerSecond)),
    formatY: formatTick,
  };
  return `<div class="pair">
${chartCard({ title: `Throughput over ${load}`, lines: [throughput], formatY: String, ...overLoad })}
${chartCard({ title: `Response times over ${load}`, lines: times(true), formatY: formatTick, ...overLoad })}
${chartCard(overThroughput, ' wide')}
</div>`;
}

function chartCard(chart: LineChart, more: string = ''): string {
  return `<div class="card${more}"><h2>${xmlText(chart.title)}</h2>${chartLegend([...chart.lines, ...DOTS])}${lineChart(chart)}</div>`;
}

function dotOf({ by }: SearchResult, level: LevelMeasurement, x: number, y: number): ChartPoint {
  const { outcome, requestsPerSecond } = level;
  const className = outcome === 'held' ? 'ok' : 'not';
  return {
    x,
    y,
    className,
    title: `${formatLoad(level.level, by)}: ${outcome}, ${formatRate(requestsPerSecond)} req/s`,
  };
}

function ticksOf(values: readonly number[]): (readonly [x: number, text: string])[] {
  return niceTicks(Math.max(0, ...values)).map((x) => [x, String(x)] as const);
}
