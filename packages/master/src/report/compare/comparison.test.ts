import { compareResults } from '@loadts/core';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../junit/parse-xml.case.ts';
import { HOSTILE_NAMES, resultOf, sampledRun } from '../sampled-run.case.ts';
import { comparisonHtml } from './comparison-html.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { formatComparison } from './format-comparison.ts';
import { percentileCurve } from './percentile-curve.ts';

const before = { name: 'main.json', result: resultOf(sampledRun(20, ['/a', '/b'])) };
const slower = { name: 'new.json', result: resultOf(sampledRun(20, ['/a', '/c'], 1.5)) };
const sides = { baselines: [before], run: slower };
const comparison = compareResults(slower.result, [before.result]);
const hostile = { name: '<new>.json', result: resultOf(sampledRun(12, HOSTILE_NAMES)) };
const hostileSides = { baselines: [hostile], run: hostile };
const hostileComparison = compareResults(hostile.result, [hostile.result]);

describe('compareResults', () => {
  it('has every name of both sides', () => {
    expect(comparison.entries.map(({ name }) => name)).toEqual(['/a', '/b', '/c']);
    expect(comparison.entries.map(({ baselineRequests, requests }) => [baselineRequests, requests])).toEqual([
      [90, 90],
      [90, 0],
      [0, 90],
    ]);
  });

  it('is sure of a large change, and knows which way is better', () => {
    const directionOf = (metric: string, of = comparison): string | undefined =>
      of.total.metrics.find((change) => change.metric === metric)?.direction;
    expect([directionOf('p95'), directionOf('rps')]).toEqual(['worse', undefined]);
    expect(directionOf('p95', compareResults(before.result, [slower.result]))).toBe('better');
  });

  it('compares with the mean of several runs of the baseline', () => {
    const another = resultOf(sampledRun(20, ['/a', '/b'], 3));
    const { total } = compareResults(slower.result, [before.result, another]);
    const p50 = total.metrics.find(({ metric }) => metric === 'p50');
    const [one = 0, two = 0] = [before.result, another].map(({ total: of }) => of.medianMs);
    expect(p50?.baseline).toBeCloseTo((one + two) / 2, 6);
  });

  it('doubts runs under other conditions', () => {
    const other = {
      ...before.result,
      peakUsers: 50,
      host: 'http://b',
      verdict: { kind: 'invalid', reasons: [] },
    } as const;
    expect(compareResults(other, [before.result]).doubts).toEqual([
      'the baseline had up to 10 users, this run 50',
      'the baseline ran against http://127.0.0.1:8000, this run http://b',
      'this run is invalid',
    ]);
    expect(compareResults(before.result, [before.result]).doubts).toEqual([]);
  });
});

describe('a comparison in the terminal', () => {
  const text = formatComparison(comparison, sides, { width: 200, color: false });

  it('shows both runs, what changed, and by how much', () => {
    expect(text).toMatch(
      /^baseline {2}main\.json: load\.ts at 2026-11-21 14:03 UTC, 20s, up to 10 users, 2 workers, pass\nrun {7}new\.json: /,
    );
    expect(text).toMatch(/\np95, ms +24\.0 +36\.0 +\+50\.0%! +\+\d.* to \+\d/);
    expect(text).toMatch(/\nPOST +\/c +0 +90 │ +- +6\.67% +- │/);
  });

  it.each([60, 80, 120, 200])('stays within %i columns, whatever the names', (width) => {
    const lines = formatComparison(hostileComparison, hostileSides, { width, color: false }).split('\n');
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });
});

describe('a comparison in Markdown', () => {
  it('marks what got worse', () => {
    expect(comparisonMarkdown(comparison, sides)).toMatch(/\n\| p95, ms \| 24\.0 \| 36\.0 \| \+50\.0% 🔴 \|/);
  });

  it('keeps every row a row', () => {
    const rows = comparisonMarkdown(hostileComparison, hostileSides)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const columns = rows.map((row) => row.split(/(?<!\\)\|/).length - 2);
    expect(new Set(columns)).toEqual(new Set([5, 15]));
  });
});

describe('a comparison as a page', () => {
  const page = comparisonHtml(hostileComparison, hostileSides);

  it('is well formed, whatever the names, and needs nothing else', () => {
    expect(page).not.toMatch(/<script|https?:\/\/(?!127)/);
    expect(page).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(page).toContain('POST &lt;/script&gt;&lt;!-- ]]&gt; &amp; &lt;b&gt;');
    const body = page.slice(page.indexOf('<body>'), page.indexOf('</html>'));
    expect(parseXml(body).name).toBe('body');
  });

  it('has a percentile curve of each run', () => {
    expect(comparisonHtml(comparison, sides).match(/<polyline class="(base|run)"/g)).toEqual([
      '<polyline class="base"',
      '<polyline class="run"',
    ]);
  });

  it('has a page also for runs without a request', () => {
    const empty = { name: 'empty.json', result: resultOf([]) };
    const nothing = compareResults(empty.result, [empty.result]);
    const of = comparisonHtml(nothing, { baselines: [empty], run: empty });
    expect(of).not.toMatch(/NaN|Infinity|undefined/);
    expect(
      formatComparison(nothing, { baselines: [empty], run: empty }, { width: 100, color: false }),
    ).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('percentileCurve', () => {
  it('rises from the fastest to the slowest request', () => {
    const points = percentileCurve(before.result.total.latency);
    expect(points[0]).toEqual({ nines: 0, ms: expect.closeTo(before.result.total.minMs, 1) });
    expect(points.at(-1)?.ms).toBe(before.result.total.maxMs);
    expect(points.map(({ ms }) => ms)).toEqual(points.map(({ ms }) => ms).toSorted((a, b) => a - b));
  });
});
