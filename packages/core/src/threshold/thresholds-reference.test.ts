import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { formatThreshold, parseThresholds } from '../index.ts';
import { SELECTOR_FIELDS } from './threshold.ts';
import { METRIC_NAMES, parseMetric } from './threshold-metric.ts';

const page = await readFile(new URL('../../../../docs/reference/thresholds.md', import.meta.url), 'utf8');
const section = (title: string): string => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
/** What stands as code in the first column of a section's table. */
const firstColumn = (title: string): string[] =>
  [...section(title).matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(.+?)`/g)].map(([, code = '']) => code),
  );

describe('the reference of thresholds', () => {
  it('has examples that can all be read', () => {
    const examples = section('Examples').trim().split('\n').slice(1, -1);
    expect(examples.length).toBeGreaterThan(10);
    expect(parseThresholds(examples).map(formatThreshold)).toHaveLength(examples.length);
  });

  it('shows the problem of its mistake as it is', () => {
    const [, text = ''] = /\n {2}(.*)\n +\^/.exec(section('Mistakes')) ?? [];
    expect(() => parseThresholds([text])).toThrow('the number has no unit\n  p95 < 300\n        ^');
  });

  it('names metrics that exist, and each kind of them', () => {
    const named = firstColumn('Metrics');
    expect(named.filter((name) => !parseMetric(name))).toEqual([]);
    const kinds = (names: readonly string[]): string[] =>
      [
        ...new Set(names.map((name) => name.replace(/p[\d.]+$/, 'p').replace(/\.(min|max|avg|p)$/, '.x'))),
      ].sort();
    expect(kinds(named)).toEqual(kinds(METRIC_NAMES));
  });

  it('names every selector', () => {
    expect(firstColumn('Selectors')).toEqual([...SELECTOR_FIELDS]);
  });
});
