import { REPORT_PERCENTILES, type RunResult, type TimeReport } from '@loadts/core';

/** The run with what only some runs have: scenarios, streams and a drift. */
export function addRichExtras(run: RunResult): RunResult {
  const { total } = run;
  const seconds = run.durationSeconds;
  return {
    ...run,
    thresholds: [
      ...run.thresholds,
      {
        threshold: 'goodput{ttfe < 200ms} > 95%',
        observed: 0.971,
        passed: true,
        reason: 'goodput was 97.1 %',
      },
    ],
    scenarios: [
      { name: 'browse', startSecond: 0, endSecond: seconds, peakUsers: 240, total },
      {
        name: 'checkout at a steady rate',
        startSecond: 0,
        endSecond: seconds,
        total: { ...total, requests: 0, failures: 0, measured: 0 },
        arrivals: {
          asked: 28_800,
          started: 28_600,
          dropped: 200,
          left: 0,
          lost: 0,
          queuedMost: 40,
          maxUsers: 200,
        },
      },
    ],
    streams: [
      {
        scenario: 'browse',
        method: 'POST',
        name: '/chat',
        firstEvent: timesOf(180, 1_200),
        gap: timesOf(21, 60_000),
        perEvent: timesOf(22.4, 1_190),
        events: 61_200,
        eventsPerSecond: 102,
      },
      {
        method: 'GET',
        name: '/events',
        firstEvent: timesOf(12, 40),
        events: 40,
        eventsPerSecond: 0.07,
      },
    ],
    drift: {
      fromSecond: 150,
      seconds: 375,
      changes: [
        { metric: 'p50', first: 16.2, last: 18.9, change: 0.167, low: 0.12, high: 0.21 },
        { metric: 'p95', first: 84, last: 102, change: 0.214, low: 0.15, high: 0.28 },
        { metric: 'errors', first: 0.001, last: 0.002, change: 0.001, low: -0.001, high: 0.003 },
        { metric: 'rps', first: 231, last: 229, change: -0.009, low: -0.03, high: 0.01 },
      ],
      trend: 'it gets slower with the same load: something grows, such as a table, a cache or leaked memory',
    },
  };
}

/** Times around a median. */
function timesOf(medianMs: number, measured: number): TimeReport {
  const percentilesMs = REPORT_PERCENTILES.map((percentile) => medianMs * (1 + (percentile - 50) / 100));
  return {
    averageMs: medianMs,
    minMs: medianMs / 2,
    maxMs: percentilesMs.at(-1) ?? medianMs,
    medianMs,
    percentilesMs,
    measured,
  };
}
