import { EMPTY_HISTOGRAM, type SecondDelta } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { MergedSeconds } from './merged-seconds.ts';

function createSecond(second: number, fields: Partial<SecondDelta> = {}): SecondDelta {
  const nothing = {
    entries: [],
    aggregates: [],
    failures: [],
    exceptions: [],
    generatorDelay: EMPTY_HISTOGRAM,
  };
  return { second, users: 1, ...nothing, countedFrom: 0, isWarm: true, isLoad: true, late: false, ...fields };
}

function createMerge(runs: number) {
  const told: Omit<SecondDelta, 'countedFrom'>[] = [];
  const merged = new MergedSeconds(runs, (delta) => told.push(delta));
  return { merged, take: () => told.splice(0) };
}

describe('MergedSeconds', () => {
  it('asks for the run that is the furthest behind, and tells a second when all have come to it', () => {
    const { merged, take } = createMerge(2);
    expect(merged.next).toBe(0);
    merged.add(0, createSecond(0));
    merged.add(0, createSecond(1));
    expect([take(), merged.next]).toEqual([[], 1]);
    merged.add(1, createSecond(0, { users: 4 }));
    expect(take()).toMatchObject([{ second: 0, users: 5 }]);
    merged.end(1);
    expect(take()).toMatchObject([{ second: 1, users: 1 }]);
    merged.end(0);
    expect(merged.next).toBeUndefined();
  });

  it('knows a second as warm, and as load, where it was so in all runs', () => {
    const { merged, take } = createMerge(2);
    merged.add(0, createSecond(0, { isWarm: false }));
    merged.add(1, createSecond(0));
    merged.add(0, createSecond(1));
    merged.add(1, createSecond(1, { isLoad: false }));
    merged.add(0, createSecond(2));
    merged.add(1, createSecond(2));
    merged.end(1);
    merged.add(0, createSecond(3));
    merged.end(0);
    expect(take().map(({ isWarm, isLoad }) => [isWarm, isLoad])).toEqual([
      [false, true],
      [true, false],
      [true, true],
      [true, false],
    ]);
  });

  it('passes on what is late', () => {
    const { merged, take } = createMerge(1);
    merged.add(0, createSecond(0));
    take();
    merged.add(0, createSecond(0, { users: 3, late: true }));
    expect(take()).toMatchObject([{ second: 0, users: 3, late: true }]);
  });
});
