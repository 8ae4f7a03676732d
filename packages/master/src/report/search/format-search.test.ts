import { describe, expect, it } from 'vitest';
import { formatLevel, formatSearch } from './format-search.ts';
import { sampleLevel as level, MISSED, sampleSearch as result } from './sample-search.case.ts';

const STYLE = { width: 100, color: false };

describe('the result of a search', () => {
  it('is the curve over the load, and the ceiling with how sure it is', () => {
    const text = formatSearch(result(), STYLE);
    expect(text.split('\n')[0]).toBe('load.ts against http://127.0.0.1:8000: p95 < 300ms');
    expect([...text.matchAll(/^ *(\d+)\/s/gm)].map(([, load]) => load)).toEqual([
      '80',
      '160',
      '160',
      '168',
      '320',
    ]);
    expect(text.replaceAll('\n', ' ')).toContain(
      'Ceiling: 160/s (held 2 of 2 times, at 160.0 requests a second); 168/s, 5.00% more, did not: p95 was 400 ms instead of < 300ms',
    );
  });

  it('says from where on more load brings nothing', () => {
    expect(formatSearch(result({ by: 'users', knee: 80 }), STYLE)).toContain(
      'From 80 users on, more load brings no more requests a second',
    );
  });

  it('says so where the highest load holds, or the lowest does not', () => {
    const all = result({ ceiling: 1_000, failsAt: null, levels: [level(1_000), level(1_000)] });
    expect(formatSearch(all, STYLE)).toContain('that is the highest load asked for');
    const none = result({ ceiling: null, failsAt: 40, levels: [level(40, MISSED)], knee: null });
    expect(formatSearch(none, STYLE)).toContain('Ceiling: below 40/s, the lowest load: p95 was 400 ms');
  });

  it('says why it did not come to its end', () => {
    const overloads = ['worker 1 was the limit in 9 of 10 seconds'];
    const limited = formatSearch(result({ end: 'generator', overloads }), STYLE);
    expect(limited).toContain('loadts itself was the limit');
    expect(limited).toContain('worker 1 was the limit');
    const stopped = formatSearch(result({ end: 'stopped', ceiling: null, failsAt: null, levels: [] }), STYLE);
    expect(stopped).toContain('Ceiling: unknown');
    expect(stopped).toContain('The search was stopped');
  });

  it('is one line for each level while it goes on', () => {
    expect(formatLevel(level(80), 'users')).toBe('80 users  held, 80.00 req/s, p95 60.0 ms');
    expect(formatLevel(level(168, { ...MISSED, p95Ms: null }), 'rate')).toBe(
      '168/s  missed, 168.0 req/s: p95 was 400 ms instead of < 300ms',
    );
  });
});
