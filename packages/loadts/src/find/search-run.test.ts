import {
  createCounts,
  EMPTY_HISTOGRAM,
  type LevelMeasurement,
  parseThresholds,
  type SecondDelta,
  type WorkerHealth,
} from '@loadts/core';
import type { RunObserver } from '@loadts/master';
import { describe, expect, it, vi } from 'vitest';
import type { FindConfig } from './find-config.ts';
import { SearchRun } from './search-run.ts';

const CONFIG: FindConfig = {
  slo: parseThresholds(['errors < 1%']),
  from: 10,
  to: 40,
  by: 'rate',
  settleMs: 0,
  levelMs: 2_000,
  precision: 0.5,
};

const NOTHING: SecondDelta = {
  second: 0,
  users: 0,
  entries: [],
  aggregates: [],
  exceptions: [],
  failures: [],
  generatorDelay: EMPTY_HISTOGRAM,
  countedFrom: 0,
  late: false,
};

const IDLE: WorkerHealth = {
  workerId: 1,
  second: 0,
  users: 1,
  loopDelayUs: 0,
  sendDelayUs: 0,
  utilization: 0,
  cpu: 0,
  collectingUs: 0,
  memoryBytes: 0,
};

/** A target of which up to so many requests a second go well. */
function createRun(config: Partial<FindConfig> = {}, allowOverload = false) {
  let nowMs = 0;
  let second = 0;
  const observer = {
    start: vi.fn<RunObserver['start']>(),
    addWorker: vi.fn<RunObserver['addWorker']>(),
    addSecond: vi.fn<RunObserver['addSecond']>(),
    addHealth: vi.fn<RunObserver['addHealth']>(),
    addEvent: vi.fn<RunObserver['addEvent']>(),
    noteThresholds: vi.fn<RunObserver['noteThresholds']>(),
  };
  const changeRate = vi.fn<(rate: number) => void>();
  const stop = vi.fn<() => void>();
  const onMeasured = vi.fn<(measurement: LevelMeasurement) => void>();
  const onRepeat = vi.fn<(reason: string) => void>();
  const all = { ...CONFIG, ...config };
  const search = new SearchRun({ config: all, allowOverload, nowMs: () => nowMs, onMeasured, onRepeat });
  search.steer({ observer, changeRate, stop });
  search.start(0, []);
  const health = (loopDelayUs: number): WorkerHealth => ({ ...IDLE, second, loopDelayUs });
  const tick = async (requests: number, failed = 0, loopDelayUs = 0): Promise<void> => {
    nowMs = (second + 2) * 1_000;
    search.addHealth(health(loopDelayUs));
    const counts = { started: requests, ok: requests - failed, httpError: failed };
    const entry = {
      key: { method: 'GET', name: '/' },
      counts: { ...createCounts(), ...counts },
      latency: EMPTY_HISTOGRAM,
    };
    search.addSecond({ ...NOTHING, second, users: 1, entries: [entry] });
    second++;
    await new Promise(setImmediate);
  };
  return { search, tick, observer, changeRate, stop, onMeasured, onRepeat };
}

const FACTS = { script: 'load.ts', host: undefined };

describe('the search of a run', () => {
  it('changes the rate, passes on all that it is told, and stops the run when it knows', async () => {
    const { search, tick, observer, changeRate, stop, onMeasured } = createRun();
    for (let i = 0; stop.mock.calls.length === 0; i++) {
      expect(i).toBeLessThan(60);
      const rate = changeRate.mock.calls.at(-1)?.[0] ?? 10;
      await tick(rate, rate > 20 ? rate : 0);
    }
    expect(changeRate.mock.calls.map(([rate]) => rate)).toEqual([20, 40, 10, 20]);
    const result = search.result(FACTS);
    expect(result).toMatchObject({
      end: 'found',
      ceiling: 20,
      failsAt: 40,
      by: 'rate',
      objectives: ['errors < 1%'],
    });
    expect(result.levels.map(({ level }) => level)).toEqual([10, 20, 40, 20]);
    expect(onMeasured).toHaveBeenCalledTimes(4);
    expect(observer.start).toHaveBeenCalledOnce();
    expect(observer.addSecond.mock.calls.length).toBeGreaterThan(8);
    await tick(1);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('by users is a load that the run asks for', async () => {
    const { search, tick, changeRate } = createRun({ by: 'users' });
    expect(search.load()).toEqual({ users: 10, spawnRate: 'all' });
    for (let i = 0; i < 4; i++) await tick(10);
    expect(search.load()).toEqual({ users: 20, spawnRate: 'all' });
    expect(changeRate).not.toHaveBeenCalled();
  });

  it('measures again where loadts itself was the limit, and says what it does', async () => {
    const { search, tick, stop, onMeasured, onRepeat } = createRun({ levelMs: 4_000 });
    expect(search.progress).toMatchObject({ phase: 'settle', level: 10 });
    for (let i = 0; i < 3; i++) await tick(10, 0, 50_000);
    expect(search.progress).toMatchObject({ phase: 'measure', level: 10, soFar: { seconds: 2 } });
    for (let i = 0; i < 9; i++) await tick(10, 0, i < 4 ? 50_000 : 0);
    expect(onRepeat.mock.calls).toEqual([[expect.stringContaining('worker 1 was the limit in 4 of 4')]]);
    expect(onMeasured.mock.calls).toEqual([[expect.objectContaining({ level: 10, seconds: 4 })]]);
    expect(search.progress).toMatchObject({ level: 20 });
    expect([stop.mock.calls.length, search.isOver]).toEqual([0, false]);
  });

  it('ends where loadts itself was the limit three times, unless that is allowed', async () => {
    const strict = createRun({ levelMs: 4_000 });
    const lenient = createRun({ levelMs: 4_000 }, true);
    for (let i = 0; i < 20; i++) {
      await strict.tick(10, 0, 50_000);
      if (i < 8) await lenient.tick(10, 0, 50_000);
    }
    expect(strict.stop).toHaveBeenCalledOnce();
    expect(strict.search.result(FACTS)).toMatchObject({ end: 'generator', ceiling: 10 });
    expect(strict.search.result(FACTS).overloads[0]).toContain('worker 1 was the limit');
    expect(lenient.stop).not.toHaveBeenCalled();
    expect(strict.onRepeat).toHaveBeenCalledTimes(2);
    expect([strict.search.isOver, lenient.onRepeat.mock.calls.length]).toEqual([true, 0]);
    expect(lenient.search.result(FACTS)).toMatchObject({ end: 'stopped', ceiling: 10, failsAt: null });
  });
});
