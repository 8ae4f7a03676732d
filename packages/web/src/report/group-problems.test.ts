import { describe, expect, it } from 'vitest';
import { groupFailures } from './group-problems.ts';

const failure = (name: string, reason: string, count: number, firstSecond: number) => {
  return { key: { method: 'GET', name }, reason, count, firstSecond, lastSecond: firstSecond + 5 };
};

describe('failures', () => {
  it('are grouped by their reason, the most frequent first', () => {
    const groups = groupFailures([
      failure('/a', 'HTTP 500', 4, 10),
      failure('/a', 'timeout', 5, 3),
      failure('/b', 'HTTP 500', 7, 2),
    ]);
    expect(groups.map(({ reason, count }) => [reason, count])).toEqual([
      ['HTTP 500', 11],
      ['timeout', 5],
    ]);
    expect(groups[0]?.failures.map(({ key }) => key.name)).toEqual(['/b', '/a']);
    expect(groups[0]).toMatchObject({ firstSecond: 2, lastSecond: 15 });
  });
});
