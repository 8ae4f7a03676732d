import {
  type EntryResult,
  type HistogramJson,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunResult,
} from '@loadts/core';

const histogram: HistogramJson = {
  count: 3,
  sumUs: 60,
  minUs: 10,
  maxUs: 30,
  buckets: [10, 1, 10, 1, 10, 1],
};

const times = {
  averageMs: 0.02,
  minMs: 0.01,
  maxMs: 0.03,
  medianMs: 0.02,
  percentilesMs: Array(11).fill(0.02),
  measured: 3,
};

const entry: EntryResult = {
  method: 'GET',
  name: '/a "quoted" </script> ü',
  requests: 3,
  failures: 1,
  averageMs: 0.02,
  minMs: 0.01,
  maxMs: 0.03,
  medianMs: 0.02,
  percentilesMs: Array(11).fill(0.02),
  measured: 3,
  averageBytes: 12,
  requestsPerSecond: 3,
  failuresPerSecond: 1,
  counts: {
    started: 3,
    ok: 2,
    httpError: 1,
    checkFailed: 0,
    timeout: 0,
    connectionError: 0,
    aborted: 0,
    retried: 0,
    bytesReceived: 36,
  },
  latency: histogram,
  service: times,
  serviceLatency: histogram,
  ttfbLatency: histogram,
  ttfb: {
    averageMs: 0.02,
    minMs: 0.01,
    maxMs: 0.03,
    medianMs: 0.02,
    percentilesMs: Array(11).fill(0.02),
    measured: 3,
  },
};

const machine = { hostname: 'a', platform: 'linux', node: 'v22.0.0', loadts: '0.1.0', cores: 4 };
const column = [3];
const rare = [null];

/** A run of one second, with every field that can be there. */
export const sampleResult: RunResult = {
  format: RESULT_FORMAT,
  version: RESULT_VERSION,
  id: '20261121-140322-1a2b',
  script: 'load.ts',
  scriptHash: 'ab12',
  host: 'http://127.0.0.1:8000',
  startedAt: '2026-11-21T14:03:22.518Z',
  seed: 42,
  options: { users: 3, headless: true, tags: ['read'], token: '***', runTime: null },
  thresholdTexts: ['p95 < 300ms'],
  master: machine,
  workers: [{ id: 1, hostname: 'a', pid: 7, cores: 4, loadts: '0.1.0' }],
  classes: [{ name: 'Buyer', weight: 1, fixedCount: 2, tasks: [{ name: 'buy', share: 1 }] }],
  durationSeconds: 1,
  peakUsers: 3,
  stopReason: 'stopped by the user',
  skippedSeconds: 0,
  thresholds: [
    { threshold: 'p95 < 300ms', observed: 0.03, passed: false, reason: 'p95 was 0.03 ms', failedAtSecond: 0 },
  ],
  total: { ...entry, method: '', name: 'Aggregated' },
  entries: [entry],
  streams: [
    {
      method: 'GET',
      name: '/stream',
      firstEvent: times,
      gap: times,
      perEvent: times,
      events: 9,
      eventsPerSecond: 9,
    },
  ],
  failures: [
    { key: { method: 'GET', name: '/a' }, reason: 'HTTP 500', count: 1, firstSecond: 0, lastSecond: 0 },
  ],
  exceptions: [
    { userClass: 'Buyer', task: 'buy', message: 'no', stack: 'Error: no', count: 1, workers: [1] },
  ],
  aborted: 0,
  retried: 0,
  generatorDelayP99Ms: 0.01,
  generatorDelay: histogram,
  arrivals: { asked: 3, started: 3, dropped: 0, left: 0, lost: 0, queuedMost: 0, maxUsers: 10 },
  drift: {
    fromSecond: 0,
    seconds: 30,
    changes: [{ metric: 'errors', first: 0.2, last: 0.1, change: -0.1, low: -0.2, high: 0.1 }],
    trend: 'it gets slower',
  },
  coverage: { workers: 1, complete: 1, gaps: [] },
  warnings: [],
  verdict: { kind: 'pass', reasons: [] },
  series: {
    spanSeconds: 1,
    users: column,
    started: column,
    requests: column,
    failures: column,
    dropped: [],
    latency: [histogram],
    entries: [
      {
        method: 'GET',
        name: '/a',
        spanSeconds: 1,
        requests: column,
        failures: column,
        p50Ms: column,
        p95Ms: rare,
        p99Ms: rare,
      },
    ],
  },
  workerSeries: [
    {
      workerId: 1,
      spanSeconds: 1,
      users: column,
      loopDelayMs: rare,
      sendDelayMs: rare,
      utilization: rare,
      cpu: rare,
      collectingMs: rare,
      memoryMb: rare,
    },
  ],
  events: [
    { second: 0.5, kind: 'users', text: 'users changed from 1 to 3', by: 'user', values: { users: 3 } },
  ],
};
