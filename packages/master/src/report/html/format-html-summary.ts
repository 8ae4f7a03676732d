import { REPORT_PERCENTILES, type RunResult } from '@loadts/core';
import { formatMs, formatPercent, formatRate } from '../format-number.ts';
import { escapeHtml } from './escape-html.ts';

const SHOWN = [50, 95, 99] as const;

/** What a browser without scripts shows: the verdict, the thresholds and a table. */
export function formatHtmlSummary(result: RunResult): string {
  const { script, verdict, thresholds, entries, total, startedAt } = result;
  const rows = [...entries, total].map(formatRow).join('\n');
  return [
    `<h1>loadts: ${escapeHtml(script)}</h1>`,
    `<p>Started ${escapeHtml(startedAt)}. Charts need JavaScript; these numbers do not.</p>`,
    `<p><strong>Verdict: ${verdict.kind}</strong></p>`,
    formatList(verdict.reasons),
    formatList(
      thresholds.map(
        ({ threshold, passed, reason }) => `${passed ? 'passed' : 'failed'}: ${threshold}, ${reason}`,
      ),
    ),
    '<table>',
    `<tr><th>request</th><th>requests</th><th>failed</th><th>per second</th>${SHOWN.map((p) => `<th>p${p} (ms)</th>`).join('')}</tr>`,
    rows,
    '</table>',
  ].join('\n');
}

function formatRow(entry: RunResult['total']): string {
  const { scenario, method, name, requests, failures, requestsPerSecond, measured, percentilesMs } = entry;
  const times = SHOWN.map((p) =>
    measured > 0 ? formatMs(percentilesMs[REPORT_PERCENTILES.indexOf(p)] ?? 0) : '',
  );
  const failed = `${failures} (${formatPercent(failures, requests)})`;
  const label = [scenario && `${scenario}:`, method, name].filter(Boolean).join(' ');
  const cells = [label, String(requests), failed, formatRate(requestsPerSecond), ...times];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}

function formatList(items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}
