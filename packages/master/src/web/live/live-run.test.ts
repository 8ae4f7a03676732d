import { createRunReport, EMPTY_HISTOGRAM, RunStatistics, type SecondDelta } from '@loadts/core';
import { HISTORY_VIEW, readRest, SECOND_VIEW } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import type { LiveState } from '../../report/live-view.ts';
import { sampleReport } from '../../report/sample-report.case.ts';
import { LiveRun } from './live-run.ts';

const EMPTY = createRunReport(new RunStatistics(), {
  ...sampleReport(),
  scenarios: undefined,
  thresholds: [],
});
const HEALTH = { loopDelayUs: 2_000, sendDelayUs: 1, utilization: 0.5, cpu: 0.25, collectingUs: 0 };

function secondOf(second: number, more: Partial<SecondDelta> = {}): SecondDelta {
  return {
    second,
    users: 3,
    entries: [],
    aggregates: [],
    failures: [],
    exceptions: [],
    generatorDelay: EMPTY_HISTOGRAM,
    countedFrom: 0,
    late: false,
    ...more,
  };
}

function liveState(more: Partial<LiveState> = {}): LiveState {
  return {
    state: 'running',
    elapsedSeconds: 3.5,
    runTimeSeconds: undefined,
    users: 3,
    targetUsers: 4,
    workers: { connected: 2, expected: 2 },
    total: EMPTY.total,
    entries: [],
    recent: { requestsPerSecond: 5, failuresPerSecond: 1 },
    failureKinds: 0,
    ...more,
  };
}

function createLive(report = () => EMPTY) {
  const told: string[] = [];
  const live = new LiveRun({
    id: 'run-1',
    report,
    thresholdTexts: ['p95 < 1s'],
    classes: [],
    onEvent: ({ text }) => void told.push(text),
  });
  return { live, told };
}

function start(live: LiveRun): void {
  const facts = { hostname: 'a', pid: 1, cores: 1, loadts: '0.1.0' };
  live.start(Date.parse('2026-11-21T14:03:22Z'), [
    { id: 1, ...facts },
    { id: 2, ...facts },
  ]);
  live.update(liveState());
}

describe('LiveRun', () => {
  it('has nothing to show before the run begins', () => {
    const { live } = createLive();
    expect(live.nextSecond()).toBeUndefined();
    expect(live.view).toEqual({ id: 'run-1', startedAt: null, elapsedSeconds: 0, runTimeSeconds: null });
  });

  it('shows each second once, and again what came late to it', () => {
    const { live } = createLive();
    start(live);
    live.addSecond(secondOf(0));
    live.addSecond(secondOf(1));
    expect(live.nextSecond()).toMatchObject({
      second: 1,
      point: { second: 1, users: 3 },
      revised: [{ second: 0 }],
    });
    expect(live.nextSecond()).toMatchObject({ second: 1, revised: [] });
    live.addSecond(secondOf(0, { late: true, users: 2 }));
    expect(live.nextSecond()).toMatchObject({ second: 1, revised: [{ second: 0, users: 5 }] });
  });

  it('shows one who was away all that was missed', () => {
    const { live } = createLive();
    start(live);
    for (let second = 0; second < 5; second++) live.addSecond(secondOf(second));
    expect(live.secondAfter(2)?.revised.map(({ second }) => second)).toEqual([3]);
    expect(live.secondAfter(-1)?.revised.map(({ second }) => second)).toEqual([0, 1, 2, 3]);
  });

  it('keeps 3,600 points at most, however long the run is', () => {
    const { live } = createLive();
    start(live);
    for (let second = 0; second < 8_000; second++) live.addSecond(secondOf(second, { dropped: 4 }));
    const { points, spanSeconds } = live.history;
    expect([points.length, spanSeconds]).toEqual([2_000, 4]);
    expect(points.at(-1)).toMatchObject({ second: 7_996, users: 3, dropped: 4 });
  });

  it('shows how the workers are, those that are gone too', () => {
    const { live } = createLive();
    start(live);
    live.addHealth({ workerId: 1, second: 0, users: 3, memoryBytes: 2 ** 20, ...HEALTH });
    live.addHealth({ workerId: 2, second: 0, users: 1, memoryBytes: 2 ** 20, ...HEALTH });
    const views = (): unknown[] =>
      live.nextSecond()?.workers.map(({ state, users, share }) => [state, users, share]) ?? [];
    expect(views()).toEqual([
      ['running', 3, 0.75],
      ['running', 1, 0.25],
    ]);
    live.addEvent({ second: 1, kind: 'workerMissing', text: 'worker 2 is missing', values: { worker: 2 } });
    expect(views()).toEqual([
      ['running', 3, 1],
      ['missing', 0, 0],
    ]);
    live.addEvent({ second: 2, kind: 'workerReturned', text: 'worker 2 is back', values: { worker: 2 } });
    expect(views()[1]).toEqual(['running', 1, 0.25]);
  });

  it('tells events, and remembers stages', () => {
    const { live, told } = createLive();
    start(live);
    live.addEvent({ second: 1.5, kind: 'stage', text: 'stage peak began', values: { stage: 'peak' } });
    live.addEvent({ second: 2, kind: 'pause', text: 'paused', by: 'user' });
    expect(told).toEqual(['stage peak began', 'paused']);
    expect(live.history).toMatchObject({
      events: [{ isByUser: false }, { isByUser: true, kind: 'pause' }],
      stages: [{ fromSecond: 1.5, name: 'peak' }],
    });
  });

  it('does not call a threshold failed that has nothing to judge yet', () => {
    const { live } = createLive();
    start(live);
    const lamp = (): unknown => live.nextSecond()?.thresholds[0]?.passed;
    expect(lamp()).toBeNull();
    live.noteThresholds([
      { threshold: 'p95 < 1s', observed: undefined, passed: false, reason: 'no request' },
    ]);
    expect(lamp()).toBeNull();
    live.noteThresholds([{ threshold: 'p95 < 1s', observed: 2_000, passed: false, reason: 'p95 was 2 s' }]);
    expect(lamp()).toBe(false);
  });

  it('ends with the numbers of the report', () => {
    const { live } = createLive();
    start(live);
    const report = sampleReport();
    live.finish(report);
    expect(live.nextSecond()).toMatchObject({
      users: 0,
      elapsedSeconds: report.durationSeconds,
      total: { requests: report.total.requests },
      verdict: report.verdict,
    });
  });

  it('says what its schema says', () => {
    const { live } = createLive(() => sampleReport());
    start(live);
    live.addSecond(secondOf(0));
    const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(readRest(SECOND_VIEW, wire(live.nextSecond()))).toHaveProperty('value');
    expect(readRest(HISTORY_VIEW, wire(live.history))).toHaveProperty('value');
  });
});
