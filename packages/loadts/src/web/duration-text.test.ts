import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration } from '../config/parse-value.ts';
import { durationText } from './duration-text.ts';

describe('durationText', () => {
  it('writes a duration as a person would', () => {
    expect([600_000, 90_000, 5_400_000, 20_000, 1_500, 0].map(durationText)).toEqual([
      '10m',
      '1m30s',
      '1h30m',
      '20s',
      '1s500ms',
      '0s',
    ]);
  });

  it('writes what the run time is read from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (durationMs) => {
        expect(duration(1)(durationText(durationMs))).toEqual({ value: durationMs });
      }),
    );
  });
});
