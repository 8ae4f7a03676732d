import { CONFIDENCE, type Comparison, type MetricChange } from '@loadts/core';
import { xmlText } from '../junit/xml-text.ts';
import { type ComparedRun, describeComparedRun } from './compared-run.ts';
import { curveChart } from './curve-chart.ts';
import { formatDifference, formatInterval, formatValue, METRIC_TITLES } from './format-change.ts';
import { percentileCurve } from './percentile-curve.ts';

const STYLE = `
:root { color-scheme: light dark; --base: light-dark(#6b7280, #9ca3af); --run: light-dark(#2563eb, #60a5fa);
  --worse: light-dark(#b91c1c, #f87171); --better: light-dark(#15803d, #4ade80); --line: light-dark(#d1d5db, #374151); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; overflow-wrap: anywhere; }
.worse { color: var(--worse); font-weight: 600; } .better { color: var(--better); font-weight: 600; }
.warning { border-left: 4px solid #d97706; padding-left: .8rem; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
polyline { fill: none; stroke-width: 2; } .base { stroke: var(--base); } .run { stroke: var(--run); }
.grid { stroke: var(--line); } .key { font-weight: 600; } .key.base { color: var(--base); } .key.run { color: var(--run); }
@media print { body { margin: 0; max-width: none; } }`;

/** A run beside its baseline as one page of HTML: no scripts, nothing from the network. */
export function comparisonHtml(
  { total, entries, doubts }: Comparison,
  { baselines, run }: { readonly baselines: readonly ComparedRun[]; readonly run: ComparedRun },
): string {
  const curves = [
    ...baselines.map((baseline) => ({ ...baseline, className: 'base' })),
    { ...run, className: 'run' },
  ].map(({ name, result, className }) => ({
    name,
    className,
    points: percentileCurve(result.total.latency),
  }));
  const entryTitles = ['failed', 'p50', 'p95', 'p99'].flatMap((title) => [title, 'run', 'change']);
  const entryRows = entries.map(({ method, name, baselineRequests, requests, metrics }) => [
    cell(`${method} ${name}`),
    cell(String(Math.round(baselineRequests))),
    cell(String(requests)),
    ...metrics.flatMap((change) => [
      cell(formatValue(change.metric, change.baseline)),
      cell(formatValue(change.metric, change.observed)),
      changeCell(change),
    ]),
  ]);
  const totalRows = total.metrics.map((change) => [
    cell(METRIC_TITLES[change.metric]),
    cell(formatValue(change.metric, change.baseline)),
    cell(formatValue(change.metric, change.observed)),
    changeCell(change),
    cell(formatInterval(change.metric, change.interval)),
  ]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>loadts: ${xmlText(run.name)} beside its baseline</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Comparison of load tests</h1>
${baselines.map((baseline) => describe('baseline', 'base', baseline)).join('\n')}
${describe('run', 'run', run)}
${doubts.map((doubt) => `<p class="warning">${xmlText(doubt)}</p>`).join('\n')}
<h2>All requests</h2>
${table(['', 'baseline', 'run', 'change', `${100 * CONFIDENCE} % sure: the change is`], totalRows)}
<h2>Response times by percentile</h2>
${curveChart(curves)}
<h2>By name, times in milliseconds</h2>
${table(['Name', '# base', '# run', ...entryTitles], entryRows)}
<p>A change is coloured where it is ${100 * CONFIDENCE} % sure.</p>
</main>
</body>
</html>
`;
}

function describe(role: string, className: string, run: ComparedRun): string {
  const text = xmlText(describeComparedRun(run));
  return `<p><span class="key ${className}">${role} ${xmlText(run.name)}</span>: ${text}</p>`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = titles.map((title) => `<th scope="col">${xmlText(title)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.join('')}</tr>`).join('\n');
  return `<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}

function cell(text: string): string {
  return `<td>${xmlText(text)}</td>`;
}

function changeCell(change: MetricChange): string {
  const { direction } = change;
  const mark = direction ? ` class="${direction}" title="${direction}"` : '';
  return `<td${mark}>${xmlText(formatDifference(change))}</td>`;
}
