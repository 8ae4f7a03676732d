import { describe, expect, it } from 'vitest';
import { GeneratorHealth, type HealthSecond } from './generator-health.ts';

const fine: HealthSecond = { workerId: 1, loopDelayUs: 900, sendDelayUs: 40, medianUs: 2_000 };

function judge(...seconds: readonly (readonly [number, Partial<HealthSecond>])[]): string[] {
  const health = new GeneratorHealth();
  for (const [times, second] of seconds) {
    for (let i = 0; i < times; i++) health.note({ ...fine, ...second });
  }
  return health.overloads;
}

describe('GeneratorHealth', () => {
  it('finds nothing where the delays are small', () => {
    expect(judge([20, {}])).toEqual([]);
    expect(judge([20, { loopDelayUs: 5_000 }])).toEqual([]);
    expect(judge()).toEqual([]);
  });

  it('allows a fifth of the median', () => {
    expect(judge([20, { loopDelayUs: 20_000, medianUs: 100_000 }])).toEqual([]);
    expect(judge([20, { loopDelayUs: 20_001, medianUs: 100_000 }])).toHaveLength(1);
  });

  it.each<[string, Partial<HealthSecond>]>([
    ['whose event loop was late', { loopDelayUs: 31_400 }],
    ['that sent requests late', { sendDelayUs: 31_400 }],
  ])('names a worker %s', (_, late) => {
    expect(judge([17, {}], [3, { ...late, workerId: 2 }], [2, { workerId: 2 }])).toEqual([
      'worker 2 was the limit in 3 of 5 seconds: it delayed its own requests, by up to 31 ms',
    ]);
  });

  it('takes a few late seconds for a hiccup', () => {
    expect(judge([2, { loopDelayUs: 90_000 }])).toEqual([]);
    expect(judge([90, {}], [9, { loopDelayUs: 90_000 }])).toEqual([]);
    expect(judge([90, {}], [10, { loopDelayUs: 90_000 }])).toHaveLength(1);
  });
});
