import { describe, expect, it } from 'vitest';
import { sampleEntry, sampleLive } from '../report/sample-report.case.ts';
import { HOSTILE_NAMES } from '../report/sampled-run.case.ts';
import { formatMetrics } from './format-metrics.ts';

const LINE = /^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[\d.e+-]+)$/;

/** Every sample, as strictly as a scraper reads it. */
function scrape(text: string): { name: string; labels: string; value: number }[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value] = LINE.exec(line) ?? [];
      expect(line).toMatch(LINE);
      return { name, labels, value: Number(value) };
    });
}

describe('the metrics for Prometheus', () => {
  it('tell users, workers, requests and times in seconds', () => {
    const text = formatMetrics(sampleLive());
    expect(text).toContain('# TYPE loadts_requests_total counter\n');
    expect(scrape(text)).toEqual(
      expect.arrayContaining([
        { name: 'loadts_users', labels: '', value: 50 },
        { name: 'loadts_workers', labels: '', value: 3 },
        { name: 'loadts_run_state', labels: 'state="running"', value: 1 },
        { name: 'loadts_requests_total', labels: 'method="GET",name="/hello"', value: 1_523 },
        { name: 'loadts_all_response_time_seconds', labels: 'quantile="0.5"', value: 0.00421 },
        { name: 'loadts_all_response_time_seconds_count', labels: '', value: 1_523 },
      ]),
    );
  });

  it('keep every line a line, whatever a name holds', () => {
    const entries = HOSTILE_NAMES.map((name) => sampleEntry({ name: `${name}\\` }));
    const named = scrape(formatMetrics(sampleLive({ entries }))).filter(
      ({ name }) => name === 'loadts_requests_total',
    );
    expect(named).toHaveLength(HOSTILE_NAMES.length);
  });

  it('have a bounded number of series, and lose no request by it', () => {
    const entries = Array.from({ length: 1_000 }, (_, i) => sampleEntry({ name: `/${i}`, requests: i + 1 }));
    const all = scrape(formatMetrics(sampleLive({ entries })));
    const requests = all.filter(({ name }) => name === 'loadts_requests_total');
    expect(all.length).toBeLessThan(1_000);
    expect(requests).toHaveLength(101);
    expect(requests.reduce((sum, { value }) => sum + value, 0)).toBe((1_000 * 1_001) / 2);
    expect(requests.at(-1)?.labels).toBe('method="",name="(other)"');
  });

  it('have one series only for names that were folded together twice', () => {
    const entries = Array.from({ length: 150 }, (_, i) => sampleEntry({ name: `/${i}`, requests: 1 }));
    const other = sampleEntry({ method: '', name: '(other)', requests: 500 });
    const folded = scrape(formatMetrics(sampleLive({ entries: [...entries, other] }))).filter(
      ({ name, labels }) => name === 'loadts_requests_total' && labels.includes('(other)'),
    );
    expect(folded.map(({ value }) => value)).toEqual([551]);
  });

  it('tell no time where none was measured', () => {
    const none = sampleEntry({ measured: 0 });
    const samples = scrape(formatMetrics(sampleLive({ total: none, entries: [none] })));
    expect(samples.filter(({ name }) => name.includes('response_time'))).toEqual([]);
  });
});
