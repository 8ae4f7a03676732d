import { describe, expect, it } from 'vitest';
import { formatNotes, formatVerdict } from './format-verdict.ts';
import { sampleReport } from './sample-report.case.ts';

const style = { width: 80, color: false };
const gap = 'worker 3: nothing collected from second 12 on';

describe('formatNotes', () => {
  it('is empty when there is nothing to know', () => {
    expect(formatNotes(sampleReport({ generatorDelayP99Ms: 5 }), style)).toEqual([]);
  });

  it('tells of requests that were cut off or sent again', () => {
    const text = formatNotes(sampleReport({ aborted: 1, retried: 3 }), { ...style, width: 200 }).join('\n');
    expect(text).toContain('Note: 1 request was cut off when the stop timeout had passed');
    expect(text).toContain('Note: 3 requests were sent a second time');
  });

  it('tells in plain words when the generator was late', () => {
    const text = formatNotes(sampleReport({ generatorDelayP99Ms: 14.2 }), style).join(' ');
    expect(text).toContain('1 of 100 requests left the load generator 14.2 ms or more after');
  });

  it('says which user stopped the run and why', () => {
    const stopReason = 'the script stopped the run: Visitor 3 in buy: sold out';
    expect(formatNotes(sampleReport({ stopReason }), style)).toEqual([`Note: ${stopReason}`]);
  });

  it('repeats every warning in lines that can be read', () => {
    const warnings = ['many names', `long ${'and longer '.repeat(20)}`];
    const lines = formatNotes(sampleReport({ warnings }), { ...style, width: 300 });
    expect(lines[0]).toBe('Warning: many names');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines[2]).toMatch(/^ {2}\S/);
  });
});

describe('formatVerdict', () => {
  it('says that all workers delivered everything', () => {
    expect(formatVerdict(sampleReport(), style)).toEqual([
      'Verdict: PASS',
      'Numbers complete: 3 of 3 workers',
    ]);
  });

  it('says each gap once, with the verdict that it is a reason for', () => {
    const report = sampleReport({
      coverage: { workers: 3, complete: 2, gaps: [gap] },
      verdict: { kind: 'incomplete', reasons: [gap] },
    });
    expect(formatVerdict(report, style)).toEqual([
      `Verdict: INCOMPLETE, ${gap}`,
      'Numbers incomplete: 2 of 3 workers',
    ]);
  });

  it('says a gap that the verdict does not name', () => {
    const report = sampleReport({ coverage: { workers: 3, complete: 3, gaps: [gap] } });
    expect(formatVerdict(report, style)).toEqual([
      'Verdict: PASS',
      'Numbers incomplete: 3 of 3 workers',
      `- ${gap}`,
    ]);
  });

  it('lists several reasons', () => {
    const report = sampleReport({
      verdict: { kind: 'fail', reasons: ['3 requests failed', 'a task threw'] },
    });
    expect(formatVerdict(report, style).slice(0, -1)).toEqual([
      'Verdict: FAIL',
      '- 3 requests failed',
      '- a task threw',
    ]);
  });

  it.each([
    ['pass', 32],
    ['fail', 31],
    ['incomplete', 33],
  ] as const)('colours %s', (kind, code) => {
    const line = formatVerdict(sampleReport({ verdict: { kind, reasons: [] } }), {
      ...style,
      color: true,
    })[0];
    expect(line).toBe(`\x1b[${code}mVerdict: ${kind.toUpperCase()}\x1b[39m`);
  });
});
