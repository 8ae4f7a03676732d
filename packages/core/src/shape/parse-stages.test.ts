import { describe, expect, it } from 'vitest';
import { parseStages } from './parse-stages.ts';
import { followShape } from './run-shape.case.ts';
import { stages } from './stages.ts';

describe('parseStages', () => {
  it('reads durations and users', () => {
    expect(parseStages('30s:100, 5m:500 ,1h30m : 0')).toEqual([
      { duration: '30s', users: 100 },
      { duration: '5m', users: 500 },
      { duration: '1h30m', users: 0 },
    ]);
  });

  it('gives what stages() takes', () => {
    expect(followShape(stages(parseStages('2:4,2s:0')))).toEqual([2, 4, 2, 0]);
  });

  it.each([
    ['30s', '"30s" has no colon', [0]],
    ['', 'a stage is empty', [0]],
    ['30s:1,', 'a stage is empty', [6]],
    ['30s:1,,1s:0', 'a stage is empty', [6]],
    ['5x:1', '"5x" is not a duration', [0]],
    [':1', '"" is not a duration', [0]],
    ['1s:1, 0s:5', 'a stage of 0 seconds changes nothing', [6]],
    ['1s:1.5', '"1.5" is not a number of users', [3]],
    ['1s:1:2', '"1:2" is not a number of users', [3]],
    ['1s:', '"" is not a number of users', [3]],
    ['1s:10000001', '"10000001" is not a number of users', [3]],
    ['x:1, 2s:y', '"x" is not a duration; "y" is not a number of users', [0, 8]],
  ])('points at all that is wrong in %j', (text, message, places) => {
    const carets = Array.from({ length: Math.max(...places) + 1 }, (_, i) =>
      places.includes(i) ? '^' : ' ',
    );
    expect(() => parseStages(text)).toThrow(`${message}\n  ${text}\n  ${carets.join('')}`);
  });
});
