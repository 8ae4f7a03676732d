import type { SearchResult } from '@loadts/core';
import { formatMs, formatPercent, formatRate } from '../format-number.ts';
import { xmlText } from '../junit/xml-text.ts';
import { type PageCell, pageTable } from '../page/page-table.ts';
import { staticPage } from '../page/static-page.ts';
import { describeSearch, formatLoad } from './describe-search.ts';
import { searchCharts } from './search-charts.ts';

const TITLES: readonly (PageCell | string)[] = [
  'Load',
  'Result',
  'req/s',
  'failed',
  'p50, ms',
  'p95, ms',
  'p99, ms',
  'measured',
  { text: 'Why', className: 'words' },
];

/** What a search found, as one page of HTML: no scripts, nothing from the network. */
export function searchHtml(result: SearchResult): string {
  const { script, host, startedAt, by, objectives, from, to, levels } = result;
  const started = startedAt.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC');
  const range = `${formatLoad(from, by)} to ${formatLoad(to, by)}`;
  const facts = [...(host === undefined ? [] : [host]), started, `searched from ${range}`];
  return staticPage(
    `loadts: how much ${script} can take`,
    `<p class="muted">loadts capacity search</p>
<h1 class="mono">${xmlText(script)}</h1>
<p class="facts">${xmlText(facts.join(' · '))}</p>
<div class="card">
${describeCeiling(result)}
<p>Objectives: ${objectives.map((objective) => `<code>${xmlText(objective)}</code>`).join(', ')}</p>
${describeSearch(result)
  .map((line) => `<p>${xmlText(line)}</p>`)
  .join('\n')}
</div>
${levels.length === 0 ? '' : `${searchCharts(result)}\n<h2>Levels</h2>\n<div class="card">${levelTable(result)}</div>`}`,
  );
}

function describeCeiling({ ceiling, by, end }: SearchResult): string {
  if (ceiling === null) return '<p class="big bad">No ceiling found</p>';
  const tone = end === 'found' ? 'good' : 'doubt';
  return `<p class="big ${tone}">${end === 'found' ? '' : 'at least '}${formatLoad(ceiling, by)}</p>`;
}

/** By load, as the curves have them. */
function levelTable({ levels, by }: SearchResult): string {
  const rows = levels
    .toSorted((a, b) => a.level - b.level)
    .map(({ level, outcome, requestsPerSecond, errors, p50Ms, p95Ms, p99Ms, seconds, reason }) => [
      formatLoad(level, by),
      { text: outcome, className: outcome === 'held' ? 'good' : 'bad' },
      formatRate(requestsPerSecond),
      formatPercent(errors, 1),
      ...[p50Ms, p95Ms, p99Ms].map((ms) => (ms === null ? '-' : formatMs(ms))),
      `${seconds} s`,
      { text: reason ?? '', className: 'words' },
    ]);
  return pageTable({ label: 'Levels', titles: TITLES, rows });
}
