import { CONFIDENCE, type Comparison, type MetricChange } from '@loadts/core';
import { xmlText } from '../junit/xml-text.ts';
import { chartLegend, formatTick, lineChart } from '../page/line-chart.ts';
import { type PageCell, pageTable } from '../page/page-table.ts';
import { staticPage } from '../page/static-page.ts';
import { type ComparedRun, describeComparedRun } from './compared-run.ts';
import { formatDifference, formatInterval, formatValue, METRIC_TITLES } from './format-change.ts';
import { percentileCurve } from './percentile-curve.ts';

/** As the chart has them: the more to the right, the rarer the request. */
const TICKS: readonly (readonly [nines: number, title: string])[] = [
  [0, '0 %'],
  [Math.log10(2), '50 %'],
  [1, '90 %'],
  [2, '99 %'],
  [3, '99.9 %'],
  [4, '99.99 %'],
  [5, '99.999 %'],
];

/** A run beside its baseline as one page of HTML: no scripts, nothing from the network. */
export function comparisonHtml(
  { total, entries, doubts }: Comparison,
  { baselines, run }: { readonly baselines: readonly ComparedRun[]; readonly run: ComparedRun },
): string {
  const lines = [
    ...baselines.map((baseline) => ({ ...baseline, className: 'base' })),
    { ...run, className: 'run' },
  ].map(({ name, result, className }) => ({
    name,
    className,
    points: percentileCurve(result.total.latency).map(({ nines, ms }) => ({ x: nines, y: ms })),
  }));
  const title = `Percentile curves of ${lines.map(({ name }) => name).join(' and ')}`;
  const chart = lineChart({ title, lines, xTicks: TICKS, formatY: formatTick });
  const entryTitles = ['failed', 'p50', 'p95', 'p99'].flatMap((title) => [title, 'run', 'change']);
  const entryRows = entries.map(({ method, name, baselineRequests, requests, metrics }) => [
    `${method} ${name}`,
    String(Math.round(baselineRequests)),
    String(requests),
    ...metrics.flatMap((change) => [
      formatValue(change.metric, change.baseline),
      formatValue(change.metric, change.observed),
      changeCell(change),
    ]),
  ]);
  const totalRows = total.metrics.map((change) => [
    METRIC_TITLES[change.metric],
    formatValue(change.metric, change.baseline),
    formatValue(change.metric, change.observed),
    changeCell(change),
    formatInterval(change.metric, change.interval),
  ]);
  const sure = `${100 * CONFIDENCE} % sure`;
  const totalTitles = ['Metric', 'baseline', 'run', 'change', `${sure}: the change is`];
  return staticPage(
    `loadts: ${run.name} beside its baseline`,
    `<p class="muted">loadts</p>
<h1>Comparison of load tests</h1>
<div class="card">
${baselines.map((baseline) => describe('baseline', 'base', baseline)).join('\n')}
${describe('run', 'run', run)}
</div>
${doubts.map((doubt) => `<p class="warning">${xmlText(doubt)}</p>`).join('\n')}
<h2>All requests</h2>
<div class="card">${pageTable({ label: 'All requests', titles: totalTitles, rows: totalRows })}</div>
<h2>Response times by percentile</h2>
<div class="card">${chartLegend(lines)}${chart}</div>
<h2>By name, times in milliseconds</h2>
<div class="card">${pageTable({ label: 'By name', titles: ['Name', '# base', '# run', ...entryTitles], rows: entryRows })}</div>
<p class="facts">A change is coloured where it is ${sure}.</p>`,
  );
}

function describe(role: string, className: string, run: ComparedRun): string {
  const text = xmlText(describeComparedRun(run));
  return `<p><span class="key ${className}">${role} ${xmlText(run.name)}</span>: ${text}</p>`;
}

function changeCell(change: MetricChange): PageCell {
  const { direction } = change;
  return { text: formatDifference(change), className: direction, title: direction };
}
