import { deflateSync } from 'node:zlib';
import { createReportData, type RunResult } from '@loadts/core';
import { escapeHtml } from './escape-html.ts';
import { formatHtmlSummary } from './format-html-summary.ts';

/**
 * A run as a page that needs nothing else.
 * @param template the page without a run, as `@loadts/web` builds it
 */
export function createHtmlReport(result: RunResult, template: string): string {
  const parts: Readonly<Record<string, string>> = {
    title: escapeHtml(`${result.verdict.kind}: ${result.script} · loadts`),
    summary: formatHtmlSummary(result),
    data: deflateSync(JSON.stringify(createReportData(result)), { level: 9 }).toString('base64'),
  };
  // In one pass: what a name in the summary looks like is left alone.
  return template.replaceAll(/\{\{(title|summary|data)\}\}/g, (_, part: string) => parts[part] ?? '');
}
