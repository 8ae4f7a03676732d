import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { formatSummary } from './format-summary.ts';
import { sampleEntry, sampleReport } from './sample-report.case.ts';

const wide = { width: 160, color: false };

const HOSTILE = '/\x1b[2J\x1b]0;title\x07\n\r\b\x9b1A\u202e/検索/👍🏽';

const busy = sampleReport({
  host: `http://${HOSTILE}`,
  entries: [
    sampleEntry({ name: '/products', requests: 98_213, failures: 12, medianMs: 3.91 }),
    sampleEntry({
      name: `/long${'/path'.repeat(60)}`,
      method: 'PROPPATCHES',
      requests: 640,
      medianMs: 9_210,
    }),
    sampleEntry({ name: HOSTILE, requests: 64, medianMs: 0.0421 }),
    sampleEntry({ name: '/unreachable', requests: 40, failures: 40, measured: 0, medianMs: 0 }),
  ],
  total: sampleEntry({ method: '', name: 'Aggregated', requests: 98_957, failures: 52 }),
  failures: [
    {
      key: { method: 'GET', name: '/unreachable' },
      reason: 'connection refused',
      count: 40,
      firstSecond: 0,
      lastSecond: 9,
    },
    {
      key: { method: 'GET', name: HOSTILE },
      reason: `${HOSTILE} ${'x'.repeat(3_000)}`,
      count: 12,
      firstSecond: 1,
      lastSecond: 1,
    },
  ],
  exceptions: [
    {
      userClass: 'Shopper',
      task: 'checkout',
      message: `no basket ${HOSTILE}`,
      stack: `TypeError: no basket ${HOSTILE}\n    at checkout (load.ts:31:18)\n    at ${HOSTILE}`,
      count: 7,
      workers: [2],
    },
  ],
  warnings: [`a warning about ${HOSTILE} ${'and so on '.repeat(30)}`],
  aborted: 3,
  retried: 1,
  generatorDelayP99Ms: 14.2,
  coverage: { workers: 3, complete: 2, gaps: ['worker 3: nothing collected from second 12 on'] },
  verdict: {
    kind: 'fail',
    reasons: ['52 of 98957 requests failed', 'worker 3: nothing collected from second 12 on'],
  },
});

describe('formatSummary', () => {
  it('begins with the verdict, the thresholds and what was run', () => {
    const thresholds = [{ threshold: 'p95 < 1s', observed: 12.2, passed: true, reason: 'p95 was 12.2 ms' }];
    const text = formatSummary(sampleReport({ thresholds }), wide);
    expect(text).toMatch(
      /^Verdict: PASS\n.*\n\nThresholds\npass {2}p95 < 1s: p95 was 12\.2 ms\n\nload\.ts against http:\/\/127\.0\.0\.1:8080\n/,
    );
    expect(text).toContain(
      '1m 30s from 2026-11-21 14:03:22 UTC, 3 workers, up to 50 users, 6.60 MB received, seed 42',
    );
  });

  it('shows counts, times and rates of every entry, and of all together last', () => {
    const text = formatSummary(busy, wide);
    expect(text).toMatch(/Type +Name +# reqs +# fails │ +Avg +Min +Max +Med │ +req\/s +fails\/s\n/);
    expect(text).toMatch(
      /GET +\/products +98213 +12 \(0\.01%\) │ +4\.57 +1\.21 +191 +3\.91 +│ +1091\.3 +0\.13\n/,
    );
    expect(text).toMatch(/─\n +Aggregated +98957 +52 \(0\.05%\) │/);
  });

  it('shows every percentile where there is room', () => {
    const text = formatSummary(sampleReport(), wide);
    expect(text).toMatch(/50% +66% +75% +80% +90% +95% +98% +99% +99\.9% +99\.99% +100% +# reqs\n/);
    expect(text).toMatch(/GET +\/hello +4\.21 .+ 22\.3 +53\.5 +132 +206 +20000\n/);
    expect(text).not.toContain('not shown');
  });

  it('says which columns have no room', () => {
    expect(formatSummary(busy, { width: 80, color: false })).toMatch(/not shown in 80 columns: .*66%/);
  });

  it('shows a dash, not 0, for times that were not measured', () => {
    const text = formatSummary(busy, wide);
    expect(text).toMatch(/\/unreachable +40 +40 +\(100%\) │ +- +- +- +- +│/);
    expect(text.match(/\/unreachable/g)).toHaveLength(2);
  });

  it('marks percentiles that have too few requests behind them, and only those', () => {
    const measured = (requests: number): string => {
      const entry = sampleEntry({ requests });
      return formatSummary(sampleReport({ entries: [entry], total: entry }), wide);
    };
    expect(measured(10_000)).not.toContain('*');
    expect(measured(9_999)).toMatch(/ 53\.5 +132\* +206 /);
    expect(measured(1_000)).toMatch(/ 53\.5 +132\* +206 /);
    expect(measured(999)).toMatch(/ 22\.3 +53\.5\* +132\* +206 /);
    expect(measured(99)).toMatch(/ 17\.3 +22\.3\* +53\.5\* +132\* +206 /);
    expect(measured(999)).toContain('\n* too few requests for this percentile');
  });

  it('needs no footnote for a name with an asterisk', () => {
    const text = formatSummary(sampleReport({ entries: [sampleEntry({ name: '/files/1*' })] }), wide);
    expect(text).not.toContain('too few requests');
  });

  it('says so instead of empty tables when no request was made', () => {
    const none = sampleEntry({ requests: 0, measured: 0, medianMs: 0 });
    const report = sampleReport({ entries: [], total: none });
    const text = formatSummary(report, wide);
    expect(text).toContain('No request was made.');
    expect(text).not.toContain('Aggregated');
    expect(text).not.toContain('percentiles');
    expect(formatSummary({ ...report, aborted: 5 }, wide)).toContain('No request came to its end.');
  });

  it('leaves out the percentiles when no time was measured', () => {
    const refused = sampleEntry({ failures: 40, requests: 40, measured: 0 });
    const text = formatSummary(sampleReport({ entries: [refused], total: refused }), wide);
    expect(text).toContain('Requests, times in milliseconds');
    expect(text).not.toContain('percentiles');
  });

  it('has no section for failures and exceptions where there were none', () => {
    const text = formatSummary(sampleReport(), wide);
    expect(text).not.toContain('Failed requests');
    expect(text).not.toContain('Exceptions');
  });

  it('shows the busiest names of a large run, and which are the slowest of all', () => {
    const entries = Array.from({ length: 1_000 }, (_, i) =>
      sampleEntry({ name: `/page/${i}`, requests: i + 100, medianMs: 1_000 - i }),
    );
    const text = formatSummary(sampleReport({ entries }), wide);
    const shown = text.split('\n').filter((line) => line.startsWith('GET '));
    expect(shown).toHaveLength(40);
    expect(shown[0]).toContain('/page/980 ');
    expect(text).toContain(
      '… and 980 less busy names with 577710 requests: --json, --csv and --html have all',
    );
    expect(text).toMatch(/Slowest, by p95\n +2900 ms {2}GET \/page\/0, 100 requests\n/);
  });

  it('does not call slow what has too few requests to say so, nor lists what a glance shows', () => {
    const entries = Array.from({ length: 6 }, (_, i) =>
      sampleEntry({ name: `/${i}`, requests: i === 0 ? 19 : 20, medianMs: i === 0 ? 900 : 9 }),
    );
    const slowest = (count: number): string[] =>
      formatSummary(sampleReport({ entries: entries.slice(0, count) }), wide)
        .split('Slowest, by p95\n')
        .slice(1);
    expect(slowest(6)[0]?.split('\n')[0]).toBe('  26.1 ms  GET /1, 20 requests');
    expect(slowest(5)).toEqual([]);
  });

  it.each([44, 60, 80, 120, 200])('stays within %i columns, whatever the target sends', (width) => {
    for (const line of formatSummary(busy, { width, color: false }).split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it('is rather too wide than without names, counts and failures', () => {
    const text = formatSummary(busy, { width: 20, color: false });
    expect(text).toMatch(/Type +Name +# reqs +# fails\n/);
    expect(text).toContain('Verdict: FAIL');
  });

  it('has no colour codes or control characters when colour is off', () => {
    expect(formatSummary(busy, wide).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('has the same text with colour', () => {
    const uncoloured = formatSummary(busy, { width: 80, color: true }).replace(/\x1b\[\d+m/g, '');
    expect(uncoloured).toBe(formatSummary(busy, { width: 80, color: false }));
  });
});

describe('the times to the first byte', () => {
  it('have a table of their own with what was measured, and none where nothing was', () => {
    const { averageMs, minMs, maxMs, medianMs, percentilesMs } = sampleEntry({ medianMs: 1.5 });
    const ttfb = { averageMs, minMs, maxMs, medianMs, percentilesMs, measured: 700 };
    const report = sampleReport({
      entries: [sampleEntry({ name: '/plain' }), sampleEntry({ name: '/stream', ttfb })],
      total: sampleEntry({ method: '', name: 'Aggregated', ttfb }),
    });
    const [, rest = ''] = formatSummary(report, wide).split(
      'Time to first byte percentiles, in milliseconds\n',
    );
    const [table = ''] = rest.split('\n\n');
    expect(table).toMatch(/^GET +\/stream +1\.50 .* 700$/m);
    expect(table).not.toContain('/plain');
    expect(formatSummary(sampleReport(), wide)).not.toContain('first byte');
  });
});
