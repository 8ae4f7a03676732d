import { inflateSync } from 'node:zlib';
import { createReportData } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES, sampleResult } from '../sample-result.case.ts';
import { createHtmlReport } from './create-html-report.ts';
import { formatHtmlSummary } from './format-html-summary.ts';

const TEMPLATE = '<title>{{title}}</title>\n<noscript>{{summary}}</noscript>\n<script>{{data}}</script>';

describe('the HTML report', () => {
  it('carries the data of the run, packed', () => {
    const result = sampleResult();
    const [, packed = ''] = /<script>(.*)<\/script>/.exec(createHtmlReport(result, TEMPLATE)) ?? [];
    const data: unknown = JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString());
    expect(data).toEqual(JSON.parse(JSON.stringify(createReportData(result))));
  });

  it('has no element that a name brought along', () => {
    const script = '</title><script>{{data}}';
    const html = createHtmlReport(sampleResult({ isHostile: true, fields: { script } }), TEMPLATE);
    const elements = new Set(Array.from(html.matchAll(/<[a-z]+\d?/g), ([text]) => text));
    const own = [
      '<title',
      '<noscript',
      '<h1',
      '<p',
      '<strong',
      '<ul',
      '<li',
      '<table',
      '<tr',
      '<th',
      '<td',
      '<script',
    ];
    expect([...elements].filter((element) => !own.includes(element))).toEqual([]);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('&lt;/title&gt;&lt;script&gt;{{data}}');
  });

  it('says what it is about without scripts', () => {
    const result = sampleResult({ isHostile: true });
    const summary = formatHtmlSummary(result);
    expect(summary).toContain(`<strong>Verdict: ${result.verdict.kind}</strong>`);
    expect(summary.match(/<tr>/g)).toHaveLength(result.entries.length + 2);
    expect(summary).toContain(`<td>Aggregated</td><td>${result.total.requests}</td>`);
    for (const { threshold, reason } of result.thresholds) {
      expect(summary).toContain(`${threshold.replace('<', '&lt;')}, ${reason}`);
    }
    expect(HOSTILE_NAMES.filter((name) => /[<>]/.test(name) && summary.includes(name))).toEqual([]);
  });
});
