import { createCounts, EMPTY_HISTOGRAM, parseThresholds, type SecondDelta } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createHistogram } from '../statistics/sample-snapshot.case.ts';
import { ThresholdGate } from './threshold-gate.ts';

/** A second with requests that took so many milliseconds. */
function secondOf(second: number, ...timesMs: readonly number[]): SecondDelta {
  const counts = { ...createCounts(), started: timesMs.length, ok: timesMs.length };
  const latency = createHistogram(timesMs.map((ms) => ms * 1_000));
  const entries = [{ key: { method: 'GET', name: '/' }, counts, latency }];
  const nothing = { aggregates: [], failures: [], exceptions: [], generatorDelay: EMPTY_HISTOGRAM };
  return { second, users: 1, entries, ...nothing, countedFrom: 0, late: false };
}

const classOf = (name: string) => [{ name, weight: 1, fixedCount: 0 }];
const SCENARIOS = [
  { name: 'browse', classes: classOf('Browser'), startMs: 0 },
  { name: 'buy', classes: classOf('Buyer'), startMs: 1_500 },
];

function createGate(warmupSeconds: number | undefined, ...thresholds: readonly string[]): ThresholdGate {
  return new ThresholdGate({ thresholds: parseThresholds(thresholds), warmupSeconds, scenarios: SCENARIOS });
}

const passed = (gate: ThresholdGate): boolean[] => gate.conclude().map((result) => result.passed);

describe('the thresholds of a run', () => {
  it('look at all seconds, those after the stop included', () => {
    const gate = createGate(undefined, 'max < 50ms', 'requests >= 3');
    gate.take(secondOf(0, 10, 20), true);
    gate.take(secondOf(1, 90), false);
    expect(passed(gate)).toEqual([false, true]);
  });

  it('leave the warm-up out that ends when the users are there', () => {
    const gate = createGate(undefined, 'max < 50ms after warmup');
    gate.take(secondOf(0, 90), true);
    gate.noteTargetReached(1.2);
    gate.noteTargetReached(9);
    gate.take(secondOf(1, 90), true);
    gate.take(secondOf(2, 10), true);
    expect(passed(gate)).toEqual([true]);
  });

  it('leave a warm-up of a given length out', () => {
    const gate = createGate(1, 'max < 50ms after warmup', 'min < 5ms after warmup');
    gate.noteTargetReached(0);
    gate.take(secondOf(0, 1, 90), true);
    gate.take(secondOf(1, 10), true);
    expect(passed(gate)).toEqual([true, false]);
  });

  it('tell the stages apart', () => {
    const gate = createGate(undefined, 'max{stage="peak"} < 50ms', 'requests{stage="peak"} < 2');
    const noteStage = (second: number, stage: string | undefined): void =>
      gate.noteStage(second, { scenario: undefined, stage, phase: 'running' });
    noteStage(0.01, undefined);
    noteStage(1.02, 'peak');
    noteStage(2.02, 'peak');
    noteStage(3, 'after');
    for (const [second, ms] of [90, 10, 20, 90].entries()) gate.take(secondOf(second, ms), true);
    expect(passed(gate)).toEqual([true, false]);
  });

  it('look at the stages of the scenario that they name', () => {
    const gate = createGate(
      undefined,
      'requests{scenario="buy", stage="peak"} <= 2',
      'requests{stage="peak"} < 2',
    );
    gate.noteStage(0, { scenario: 'browse', stage: 'peak', phase: 'running' });
    gate.noteStage(0, { scenario: 'buy', stage: 'calm', phase: 'running' });
    gate.noteStage(1, { scenario: 'browse', stage: 'calm', phase: 'running' });
    gate.noteStage(1, { scenario: 'buy', stage: 'peak', phase: 'running' });
    for (const second of [0, 1]) {
      const { entries, ...told } = secondOf(second, 10, 20);
      const scenarios = ['browse', 'buy'].flatMap((scenario) =>
        entries.map((entry) => ({ ...entry, key: { ...entry.key, scenario } })),
      );
      gate.take({ ...told, entries: scenarios }, true);
    }
    expect(gate.conclude().map(({ passed, observed }) => [passed, observed])).toEqual([
      [true, 2],
      [false, undefined],
    ]);
  });

  it('take the rate of a scenario from the seconds that its load filled', () => {
    const gate = createGate(
      undefined,
      'rps{scenario="buy"} >= 2',
      'rps{scenario="buy"} <= 2',
      'requests{scenario="buy"} >= 6',
    );
    for (const [second, requests] of [0, 1, 2, 2, 1, 0].entries()) {
      const { entries, ...told } = secondOf(second, ...Array.from({ length: requests }, () => 5));
      const own = entries.map((entry) => ({ ...entry, key: { ...entry.key, scenario: 'buy' } }));
      gate.noteStage(second, { scenario: 'buy', stage: undefined, phase: second >= 4 ? 'ended' : 'running' });
      gate.take({ ...told, entries: own }, true);
    }
    expect(passed(gate)).toEqual([true, true, true]);
  });

  it('count what was dropped, and exceptions, by scenario', () => {
    const gate = createGate(
      undefined,
      'dropped{scenario="buy"} <= 2',
      'dropped{scenario="browse"} < 5',
      'dropped <= 7',
      'exceptions{scenario="buy"} < 1',
      'exceptions{scenario="browse"} < 2',
    );
    const drops = [
      { scenario: 'buy', count: 2 },
      { scenario: 'browse', count: 5 },
    ];
    const exceptions = ['Buyer', 'Browser'].map((userClass) => {
      return { userClass, count: 1, workers: [1], task: '', message: '', stack: '' };
    });
    gate.take({ ...secondOf(0, 10), drops, exceptions }, true);
    expect(passed(gate)).toEqual([true, false, true, false, true]);
  });

  it('count exceptions by user class', () => {
    const gate = createGate(undefined, 'exceptions{class="Buyer"} < 2', 'exceptions < 2');
    const thrown = { task: 'pay', message: 'no', stack: '', count: 1, workers: [1] };
    const exceptions = ['Buyer', 'Visitor'].map((userClass) => ({ ...thrown, userClass }));
    gate.take({ ...secondOf(0, 1), exceptions }, true);
    expect(passed(gate)).toEqual([true, false]);
  });

  it('end the run where they are told to', () => {
    const gate = createGate(undefined, 'max < 50ms', 'max < 60ms abort');
    expect(gate.take(secondOf(0, ...Array(100).fill(10)), true)).toEqual([]);
    expect(gate.take({ ...secondOf(0, 90), late: true }, true)).toEqual([]);
    expect(gate.take(secondOf(1, 90), true).map(({ threshold }) => threshold)).toEqual(['max < 60ms abort']);
  });
});
