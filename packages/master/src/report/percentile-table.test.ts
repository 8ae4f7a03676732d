import { describe, expect, it } from 'vitest';
import { hasWeakPercentile, isWeakPercentile, percentileTable } from './percentile-table.ts';
import { sampleEntry } from './sample-report.case.ts';

const refused = sampleEntry({ name: '/refused', requests: 40, failures: 40, measured: 0 });

describe('percentileTable', () => {
  it('leaves out entries without a measured time', () => {
    const { rows } = percentileTable([sampleEntry(), refused], sampleEntry());
    expect(rows.map((row) => row[1])).toEqual(['/hello']);
  });

  it('marks the percentiles that too few requests stand behind', () => {
    const { rows } = percentileTable([sampleEntry({ requests: 999 })], sampleEntry());
    expect(rows[0]?.slice(9)).toEqual([
      '22.3',
      { text: '53.5*', format: 'dim' },
      { text: '132*', format: 'dim' },
      '206',
      '999',
    ]);
  });
});

describe('isWeakPercentile', () => {
  it.each([
    [50, 2],
    [95, 20],
    [99, 100],
    [99.9, 1_000],
    [99.99, 10_000],
  ])('needs for %d %% at least %d requests', (percentile, needed) => {
    expect(isWeakPercentile(sampleEntry({ measured: needed }), percentile)).toBe(false);
    expect(isWeakPercentile(sampleEntry({ measured: needed - 1 }), percentile)).toBe(true);
  });

  it('has no doubt about the maximum', () => {
    expect(isWeakPercentile(sampleEntry({ measured: 1 }), 100)).toBe(false);
  });
});

describe('hasWeakPercentile', () => {
  it('looks at the columns and rows that are shown', () => {
    const entry = sampleEntry({ requests: 2_000 });
    expect(hasWeakPercentile([entry], [])).toBe(true);
    expect(hasWeakPercentile([entry], ['66%', '99.99%'])).toBe(false);
    expect(hasWeakPercentile([refused], [])).toBe(false);
  });
});
