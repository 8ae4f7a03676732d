import { describe, expect, it } from 'vitest';
import { formatSearchProgress, type SearchView } from './format-progress.ts';
import { sampleLevel } from './sample-search.case.ts';

const VIEW: SearchView = {
  by: 'rate',
  from: 10,
  elapsedSeconds: 74.6,
  isStopping: false,
  progress: { phase: 'settle', level: 160, soFar: undefined, levelSeconds: 10 },
};

function format(progress: Partial<SearchView['progress']>, view: Partial<SearchView> = {}): string {
  return formatSearchProgress({ ...VIEW, ...view, progress: { ...VIEW.progress, ...progress } });
}

describe('the progress of a search', () => {
  it('says which load is looked at, and what was measured of it so far', () => {
    expect(format({})).toBe('1m 14s  160/s  settling');
    const soFar = sampleLevel(160, { seconds: 4 });
    expect(format({ phase: 'measure', soFar })).toBe(
      '1m 14s  160/s  measured 4 of 10 s: 160.0 req/s, p95 60.0 ms',
    );
    expect(format({ phase: 'measure', soFar: { ...soFar, p95Ms: null } }, { by: 'users' })).toBe(
      '1m 14s  160 users  measured 4 of 10 s: 160.0 req/s',
    );
  });

  it('says what it waits for between two loads, and at the end', () => {
    expect(format({ phase: 'recover', level: 168 }, { elapsedSeconds: 9 })).toBe(
      '    9s  168/s is next, once the target has worked off what was too much, at 10/s',
    );
    expect(format({}, { isStopping: true })).toBe('1m 14s  ending the load');
  });
});
