import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES, resultOf, sampledRun } from '../sampled-run.case.ts';
import { formatAnnotations } from './format-annotations.ts';
import { formatStepSummary } from './format-step-summary.ts';

const met = { threshold: 'p95 < 300ms', observed: 12, passed: true, reason: 'p95 was 12 ms' };
const missed = { threshold: 'errors < 1%', observed: 0.05, passed: false, reason: 'errors was 5 %' };
const failed = { kind: 'fail', reasons: ['errors < 1%: errors was 5 %'] } as const;

describe('the summary of a build', () => {
  const text = formatStepSummary(
    resultOf(sampledRun(3, ['/a', '/b']), { thresholds: [met, missed], verdict: failed }),
  );

  it('begins with the verdict and the run', () => {
    expect(text).toMatch(
      /^## loadts: ❌ failed\n\n\*\*load\.ts\*\* against http:\/\/127\.0\.0\.1:8000 · 3s · /,
    );
    expect(text.endsWith('\n\n')).toBe(true);
  });

  it('has thresholds with what was observed, and the totals of the report', () => {
    expect(text).toContain('| ✅ | p95 &lt; 300ms | p95 was 12 ms |');
    expect(text).toContain('| ❌ | errors &lt; 1% | errors was 5 % |');
    const { total } = resultOf(sampledRun(3, ['/a', '/b']));
    expect(text).toContain(`| **all** | ${total.requests} | ${total.failures} (`);
  });

  it('shows the busiest entries and says how many it left out', () => {
    const many = resultOf(
      sampledRun(
        1,
        Array.from({ length: 30 }, (_, i) => `/${i}`),
      ),
    );
    const summary = formatStepSummary(many);
    expect(summary.match(/^\| (GET|POST) \/\d+ \| \d+ \| \d+ \(/gm)).toHaveLength(20);
    expect(summary).toContain('10 more entries not shown.');
  });

  it('keeps every row a row and every name a text, whatever it holds', () => {
    const summary = formatStepSummary(resultOf(sampledRun(2, HOSTILE_NAMES)));
    const rows = summary.split('\n').filter((line) => line.startsWith('| '));
    const columns = rows.map((row) => row.split(/(?<!\\)\|/).length - 2);
    expect(new Set(columns)).toEqual(new Set([9, 2]));
    expect(summary).not.toMatch(/<\/script>|<b>|\x1b/);
  });

  it('says so where nothing was requested', () => {
    expect(formatStepSummary(resultOf([]))).toContain('No request came to its end.');
  });
});

describe('annotations', () => {
  it('are errors for failed thresholds, each once, and warnings', () => {
    const result = resultOf([], { thresholds: [met, missed], verdict: failed, warnings: ['busy'] });
    expect(formatAnnotations(result)).toEqual([
      '::error title=Threshold failed::errors < 1%25: errors was 5 %25',
      '::warning title=Load test::busy',
    ]);
  });

  it('tell why a run proves nothing', () => {
    const result = resultOf([], { verdict: { kind: 'invalid', reasons: ['worker 1 was too slow'] } });
    expect(formatAnnotations(result)).toEqual(['::error title=Load test invalid::worker 1 was too slow']);
  });

  it('cannot be left by a name', () => {
    const reason = 'a\n::set-env name=X::1\r100%\u001b[0m';
    const [line = ''] = formatAnnotations(resultOf([], { verdict: { kind: 'fail', reasons: [reason] } }));
    expect(line).toContain('::a%0A::set-env name=X::1%0D100%25\ufffd[0m');
    expect(line).not.toMatch(/[\n\r]/);
  });
});
