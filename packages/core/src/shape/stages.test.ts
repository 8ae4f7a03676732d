import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadTestShape, readShapes } from './load-test-shape.ts';
import { followShape, tickAt } from './run-shape.case.ts';
import { type Stage, stages } from './stages.ts';

describe('stages', () => {
  it('without a spawn rate are linear to their end', () => {
    const users = followShape(
      stages([
        { duration: '10s', users: 50 },
        { duration: 5, users: 0 },
      ]),
    );
    expect(users).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 40, 30, 20, 10, 0]);
  });

  it('with a spawn rate change at it, and hold', () => {
    const users = followShape(
      stages([
        { duration: '4s', users: 6, spawnRate: 3 },
        { duration: 3, users: 1, spawnRate: 'all' },
      ]),
    );
    expect(users).toEqual([3, 6, 6, 6, 1, 1, 1]);
  });

  it('ask for the same load for as long as they last', () => {
    const shape = stages([
      { duration: '1m', users: 30 },
      { duration: '1m', users: 30, name: 'steady' },
    ]);
    const first = { users: 30, spawnRate: 0.5, stage: '1' };
    expect([0, 1, 59.9].map((seconds) => tickAt(shape, seconds))).toEqual([first, first, first]);
    expect(tickAt(shape, 60)).toEqual({ users: 30, spawnRate: 0.5, stage: 'steady' });
    expect(tickAt(shape, 120)).toBeNull();
  });

  it('go on from where a stage got to that was too short for its spawn rate', () => {
    const list = [
      { duration: 2, users: 100, spawnRate: 10 },
      { duration: 4, users: 100 },
    ];
    expect(followShape(stages(list))).toEqual([10, 20, 40, 60, 80, 100]);
  });

  it('hold at once what the first of them asks for from the start', () => {
    expect(tickAt(stages([{ duration: 1, users: 0 }]), 0)).toEqual({
      users: 0,
      spawnRate: Infinity,
      stage: '1',
    });
  });

  it('are where they should be at the end of each, whatever they are', () => {
    const stage = fc.record({ duration: fc.integer({ min: 1, max: 9 }), users: fc.nat(500) });
    fc.assert(
      fc.property(fc.array(stage, { minLength: 1, maxLength: 5 }), (list) => {
        const users = followShape(stages(list));
        let end = 0;
        for (const { duration, users: wanted } of list) {
          end += duration;
          expect(users[end - 1]).toBe(wanted);
        }
        expect(users).toHaveLength(end);
      }),
    );
  });

  it('are a shape among the exports of a script, by the name of the export', () => {
    const shape = stages([{ duration: 1, users: 1 }]);
    expect(readShapes({ rush: shape }).map(({ name }) => name)).toEqual(['rush']);
    expect(new shape()).toBeInstanceOf(LoadTestShape);
  });

  it('refuse what cannot be, all at once', () => {
    const list = [
      { duration: '5x', users: 1.5 },
      { duration: 0, users: -1, spawnRate: 0 },
      { duration: 1, users: 1, spawnRate: 'fast' },
      { duration: 1, users: Number.NaN, spawnRate: Number.POSITIVE_INFINITY },
    ] as Stage[];
    expect(() => stages(list)).toThrow(
      [
        'stage 1: "5x" is not a duration',
        'stage 1: 1.5 is not a number of users',
        'stage 2: its duration is 0',
        'stage 2: -1 is not a number of users',
        "stage 2: 0 is not a spawn rate: give a number above 0, or 'all'",
        'stage 3: "fast" is not a spawn rate: give a number above 0, or \'all\'',
        'stage 4: NaN is not a number of users',
        "stage 4: Infinity is not a spawn rate: give a number above 0, or 'all'",
      ].join('\n'),
    );
    expect(() => stages([])).toThrow('there are no stages');
  });
});
