import { describe, expect, it } from 'vitest';
import { parseXml } from '../junit/parse-xml.case.ts';
import { MISSED, sampleLevel, sampleSearch } from './sample-search.case.ts';
import { searchHtml } from './search-html.ts';

const HOSTILE = '</title><script>alert("&")</script>';

function bodyOf(page: string): string {
  return page.slice(page.indexOf('<body>'), page.indexOf('</html>'));
}

describe('a search as a page', () => {
  const page = searchHtml(sampleSearch());

  it('has the ceiling, why more was too much, and every level by load', () => {
    expect(page).toContain('<p class="big good">160/s</p>');
    expect(page).toContain('168/s, 5.00% more, did not: p95 was 400 ms instead of &lt; 300ms');
    const loads = [...page.matchAll(/<th scope="row">(.*?)<\/th><td class="(\w+)">/g)];
    expect(loads.map(([, load, tone]) => `${load} ${tone}`)).toEqual([
      '80/s good',
      '160/s good',
      '160/s good',
      '168/s bad',
      '320/s bad',
    ]);
  });

  it('has throughput and times over the load, and times over throughput', () => {
    expect(page.match(/<svg /g)).toHaveLength(3);
    expect(page.match(/<polyline /g)).toHaveLength(7);
    expect(page).toContain('ceiling: 160/s</text>');
    const without = sampleSearch({
      levels: [sampleLevel(10, { ...MISSED, p50Ms: null, p95Ms: null, p99Ms: null })],
    });
    expect(searchHtml(without)).not.toMatch(/NaN|Infinity|undefined|null/);
    // Of the throughput alone: there was no time.
    expect(searchHtml(without).match(/<circle /g)).toHaveLength(1);
  });

  it('is well formed, whatever the names, and lets in nothing but its style', () => {
    const reason = HOSTILE;
    const levels = [sampleLevel(40, { outcome: 'missed', reason })];
    const hostile = searchHtml(
      sampleSearch({ script: HOSTILE, host: HOSTILE, objectives: [HOSTILE], levels }),
    );
    expect(hostile).not.toContain('<script');
    expect(hostile).toMatch(/default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'/);
    expect(parseXml(bodyOf(hostile)).name).toBe('body');
  });

  it('says so where nothing was found, or the search did not come to its end', () => {
    const none = searchHtml(sampleSearch({ ceiling: null, failsAt: null, levels: [], end: 'stopped' }));
    expect(none).toContain('No ceiling found');
    expect(none).not.toContain('<svg');
    expect(parseXml(bodyOf(none)).name).toBe('body');
    expect(searchHtml(sampleSearch({ end: 'generator' }))).toContain('at least 160/s');
  });
});
