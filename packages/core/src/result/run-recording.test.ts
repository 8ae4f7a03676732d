import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRunReport } from '../run/run-report.ts';
import { RunStatistics } from '../stats/run-statistics.ts';
import { histogramOf, okCounts, timesUs } from '../stats/samples.case.ts';
import type { SecondDelta } from '../stats/second-delta.ts';
import { streamTimeKey } from '../stream/stream-time.ts';
import { sampleSecond, sampleStart } from './run-record.case.ts';
import { RunRecording } from './run-recording.ts';

const KEY = { method: 'GET', name: '/' };

function entry(...values: readonly number[]): SecondDelta['entries'][number] {
  return { key: KEY, counts: okCounts(values.length), latency: histogramOf(values) };
}

function record(...deltas: readonly SecondDelta[]): RunRecording {
  const recording = new RunRecording(sampleStart());
  for (const delta of deltas) recording.add({ type: 'interval', delta });
  return recording;
}

describe('RunRecording', () => {
  it('gives a result at any time, which says that the run has not ended', () => {
    const recording = record(
      sampleSecond(0, { users: 2, entries: [entry(1_000, 3_000)] }),
      sampleSecond(1, { users: 4, entries: [entry(5_000)], generatorDelay: histogramOf([70]) }),
    );
    const result = recording.result();
    expect(recording.isComplete).toBe(false);
    expect(result).toMatchObject({
      format: 'loadts-result',
      version: 1,
      id: '20261121-140322-9f3a1c',
      durationSeconds: 2,
      peakUsers: 4,
      total: { requests: 3, requestsPerSecond: 1.5, counts: { ok: 3 }, latency: { count: 3, maxUs: 5_000 } },
      entries: [{ name: '/', requests: 3, latency: { count: 3 } }],
      generatorDelay: { count: 1, maxUs: 70 },
      verdict: { kind: 'incomplete', reasons: ['the run has not ended; numbers up to second 2'] },
    });
    expect(result.series).toMatchObject({
      spanSeconds: 1,
      users: [2, 4],
      requests: [2, 1],
      dropped: [],
      entries: [{ name: '/', requests: [2, 1], p50Ms: [1, 5] }],
    });
  });

  it('knows the scenarios and the drift of a run that did not come to its end, as far as they were recorded', () => {
    const named = (scenario: string, value: number) => ({ ...entry(value), key: { ...KEY, scenario } });
    const seconds = Array.from({ length: 60 }, (_, second) => {
      const browse = Array.from({ length: 5 }, () => named('browse', 50_000 + 1_000 * second));
      const entries = second < 20 ? browse : [...browse, named('buy', 10_000)];
      return sampleSecond(second, { users: 5, entries, isWarm: second > 2, isLoad: second < 58 });
    });
    const recording = record(...seconds);
    expect(recording.soFar().drift).toBeUndefined();
    const { scenarios, drift } = recording.result();
    expect(scenarios).toMatchObject([
      { name: 'browse', startSecond: 0, endSecond: 60, total: { requests: 300, requestsPerSecond: 5 } },
      { name: 'buy', startSecond: 20, endSecond: 60, total: { requests: 40, requestsPerSecond: 1 } },
    ]);
    expect(drift).toMatchObject({ fromSecond: 3, seconds: 55 });
    expect(drift?.trend).toContain('something grows');
    const open = record(...seconds.map((delta) => ({ ...delta, dropped: 0 })));
    expect(open.result().drift).toBeUndefined();
    expect(record(sampleSecond(0, { entries: [entry(1)] })).result()).not.toHaveProperty('scenarios');
  });

  it('has the numbers of the report when the run is over', () => {
    const recording = record(sampleSecond(0, { entries: [entry(1_000)] }));
    const report = { ...recording.result(), durationSeconds: 1.25, seed: 7, warnings: ['w'] };
    recording.add({ type: 'end', report });
    expect(recording.isComplete).toBe(true);
    expect(recording.result()).toMatchObject({ durationSeconds: 1.25, seed: 7, warnings: ['w'] });
  });

  it('adds up to the same totals as the statistics of the run, late parts included', () => {
    const part = fc.record({ second: fc.nat(20), values: timesUs });
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const statistics = new RunStatistics();
        for (const { values } of parts) statistics.add([entry(...values)]);
        const recording = record(
          ...parts.map(({ second, values }) => sampleSecond(second, { entries: [entry(...values)] })),
        );
        const { format: _, version: __, ...result } = recording.result();
        const report = createRunReport(statistics, result);
        expect(result.total).toMatchObject(report.total);
        expect(result.entries).toMatchObject(report.entries);
        expect(result.series.requests.reduce((sum, requests) => sum + requests, 0)).toBe(
          report.total.requests,
        );
      }),
    );
  });

  it('has histograms of all times that were measured, and of no others', () => {
    const measured = entry(1, 2);
    const [result, other] = [{ ...measured, ttfb: measured.latency }, measured].map((one) =>
      record(sampleSecond(0, { entries: [one] })).result(),
    );
    expect(result?.entries[0]).toMatchObject({ ttfb: { measured: 2 }, ttfbLatency: { count: 2 } });
    expect(result?.total.ttfbLatency).toEqual(result?.total.latency);
    expect(Object.keys(other?.total ?? {}).filter((key) => /ttfb|service/.test(key))).toEqual([]);
  });

  it('leaves out of the totals what the report does not count, but not out of the series', () => {
    const result = record(
      sampleSecond(0, { entries: [entry(1)] }),
      sampleSecond(1, { entries: [entry(2, 3)], countedFrom: 1 }),
      sampleSecond(0, { entries: [entry(4)], countedFrom: 1, late: true }),
    ).result();
    expect(result).toMatchObject({ skippedSeconds: 1, total: { requests: 2 } });
    expect(result.series.requests).toEqual([2, 2]);
  });

  it('keeps failures and exceptions with all that is known of them', () => {
    const exception = { userClass: 'Buyer', task: 'pay', message: 'no', stack: 'at pay', count: 3 };
    const result = record(
      sampleSecond(4, {
        failures: [{ key: KEY, reason: 'status 500', count: 2 }],
        exceptions: [{ ...exception, workers: [1, 2] }],
      }),
    ).result();
    expect(result.failures).toEqual([
      { key: KEY, reason: 'status 500', count: 2, firstSecond: 4, lastSecond: 4 },
    ]);
    expect(result.exceptions).toEqual([{ ...exception, workers: [1, 2] }]);
  });

  it('keeps workers that came late, health and the first events', () => {
    const recording = record(sampleSecond(0));
    const [worker] = sampleStart().workers;
    if (worker) recording.add({ type: 'worker', worker: { ...worker, id: 3 } });
    for (let i = 0; i < 1_200; i++) {
      recording.add({ type: 'event', event: { second: i, kind: 'note', text: `${i}` } });
    }
    const load = { loopDelayUs: 1, sendDelayUs: 1, utilization: 0, cpu: 0, collectingUs: 0, memoryBytes: 0 };
    recording.add({ type: 'health', health: { workerId: 3, second: 0, users: 9, ...load } });
    const result = recording.result();
    expect(result.workers.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(result.workerSeries).toMatchObject([{ workerId: 3, users: [9] }]);
    expect(result.events).toHaveLength(1_001);
    expect(result.events.at(-1)).toEqual({
      second: 1_000,
      kind: 'note',
      text: 'further events are left out',
    });
  });

  it('has arrivals and streams of a run that has not ended', () => {
    const key = streamTimeKey('ttfe', KEY);
    const stream = { ...entry(2_000), key };
    const arrivals = { asked: 10, started: 8, dropped: 1, left: 1, queuedMost: 4 };
    const result = record(
      sampleSecond(0, { users: 3, entries: [entry(9_000)], aggregates: [stream], arrivals }),
      sampleSecond(1, { users: 2, arrivals: { ...arrivals, queuedMost: 2 } }),
    ).result();
    expect(result.arrivals).toEqual({
      asked: 20,
      started: 16,
      dropped: 2,
      left: 2,
      queuedMost: 4,
      lost: 0,
      maxUsers: 3,
    });
    expect(result.streams).toMatchObject([{ ...KEY, firstEvent: { maxMs: 2, measured: 1 }, events: 1 }]);
    expect(result.entries).toHaveLength(1);
  });

  it('counts users over workers, not over time', () => {
    const seconds = Array.from({ length: 3_601 }, (_, second) =>
      sampleSecond(second, { users: 6, dropped: 1 }),
    );
    const { series } = record(...seconds, sampleSecond(3_600, { users: 1, late: true })).result();
    expect([series.spanSeconds, series.users[0], series.dropped[0]]).toEqual([2, 6, 2]);
    expect([series.users.at(-1), series.users.length]).toEqual([7, 1_801]);
  });
});
