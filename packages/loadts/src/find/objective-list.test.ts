import { formatThreshold } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { objectiveList } from './objective-list.ts';

const read = (raw: unknown): unknown => {
  const parsed = objectiveList(raw);
  return 'value' in parsed ? parsed.value.map(formatThreshold) : parsed.wrong;
};

describe('the objectives of a search', () => {
  it('are thresholds with commas between them, in one text or several', () => {
    expect(read('p95 < 300ms, errors < 1%')).toEqual(['p95 < 300ms', 'errors < 1%']);
    expect(read(['p95 < 300ms; p50 < 1s', 'ttfe.p95 < 200ms'])).toEqual([
      'p95 < 300ms',
      'p50 < 1s',
      'ttfe.p95 < 200ms',
    ]);
  });

  it('may have commas in their selectors', () => {
    expect(read('p95{method="GET", name="/a,}b"} < 1s, errors{name="/c"} < 1%')).toEqual([
      'p95{method="GET", name="/a,}b"} < 1s',
      'errors{name="/c"} < 1%',
    ]);
  });

  it.each([
    [' , ', 'has no objective'],
    [7, 'is not a list of objectives'],
    ['p95 < 300', 'cannot be read\nthe number has no unit\n  p95 < 300\n        ^'],
    ['p95 < 1s over 5s', 'holds p95 < 1s over 5s: an objective is judged on each level'],
    ['p95 < 1s abort', 'holds p95 < 1s abort: an objective is judged on each level'],
    [
      'p95{tag="a"} < 1s',
      'holds p95{tag="a"} < 1s: an objective can be narrowed down by method and name only',
    ],
    ['requests > 5', 'holds requests > 5: an objective is on times, errors or rps'],
    ['drift(p95) < 1%', 'holds drift(p95) < 1%: an objective is on times, errors or rps'],
  ])('%j is refused', (raw, wrong) => {
    expect(read(raw)).toContain(wrong);
  });
});
