import {
  createCounts,
  type EntryCounts,
  type EntryDelta,
  IntervalHistogram,
  RunRecording,
  type RunResult,
  type RunStart,
  type SecondDelta,
  type SparseHistogram,
} from '@loadts/core';

/** Names as only somebody writes them who means harm. */
export const HOSTILE_NAMES: readonly string[] = [
  '=cmd|calc!A1',
  '"quoted", and, commas',
  'line\nbreak',
  '</script><script>alert(1)</script>',
  'Grüße ☃ \u202eback',
  "it's & <b>bold</b>",
];

export interface SampleResultOptions {
  /** How long the run lasted. */
  readonly seconds?: number;
  /** Whether iterations started at a rate. */
  readonly isOpen?: boolean;
  /** Whether it has names and messages that break careless formats. */
  readonly isHostile?: boolean;
  /** Replaces parts of the result. */
  readonly fields?: Partial<RunResult>;
}

const REQUESTS_PER_SECOND = 40;

/** A run with something of everything: failures, exceptions, thresholds of both kinds, events, two workers. */
export function sampleResult(options: SampleResultOptions = {}): RunResult {
  const { seconds = 30, isOpen = false, isHostile = false, fields } = options;
  const names = ['/', '/cart', '/orders/{id}', ...(isHostile ? HOSTILE_NAMES : [])];
  const recording = new RunRecording(START);
  for (let second = 0; second < seconds; second++) {
    recording.add({ type: 'interval', delta: createSecond(second, { names, isOpen, isHostile }) });
    for (const workerId of [1, 2]) {
      const load = { loopDelayUs: 800 + 40 * second, sendDelayUs: 90, utilization: 0.2 + 0.1 * workerId };
      const health = { ...load, cpu: 0.35, collectingUs: 1_200, memoryBytes: 90 * 2 ** 20 };
      if (second !== 7 || workerId === 1) {
        recording.add({ type: 'health', health: { workerId, second, users: 10, ...health } });
      }
    }
  }
  recording.add({ type: 'event', event: { second: 4, kind: 'users', text: 'users changed from 10 to 20' } });
  recording.add({
    type: 'event',
    event: { second: 7.4, kind: 'workerMissing', text: 'worker 2 was silent for 4 s' },
  });
  const arrivals = { asked: 600, started: 570, dropped: 30, left: 0, lost: 0, queuedMost: 4, maxUsers: 20 };
  const result = recording.result({
    durationSeconds: seconds + 0.4,
    ...FACTS,
    ...(isOpen && { arrivals }),
  });
  return { ...result, ...fields };
}

const START: RunStart = {
  id: '20261121-140322-9f3a1c',
  script: 'checkout.ts',
  scriptHash: '3b1f'.repeat(16),
  host: 'http://127.0.0.1:8080',
  startedAt: '2026-11-21T14:03:22.518Z',
  seed: 42,
  options: { users: 20, spawnRate: 5, runTimeMs: 30_000, tags: ['buy'], token: '***', host: null },
  thresholdTexts: ['p95 < 300ms', 'errors < 1%'],
  master: { hostname: 'ci-7', platform: 'linux x64', node: 'v22.12.0', loadts: '0.1.0', cores: 4 },
  workers: [1, 2].map((id) => ({ id, hostname: 'ci-7', pid: 4_100 + id, cores: 4, loadts: '0.1.0' })),
  classes: [
    {
      name: 'Visitor',
      weight: 3,
      fixedCount: undefined,
      tasks: [
        { name: 'home', share: 0.75 },
        { name: 'Shop.cart', share: 0.25 },
      ],
    },
    { name: 'Admin', weight: 1, fixedCount: 1, tasks: [{ name: 'orders', share: 1 }] },
  ],
};

const FACTS: Parameters<RunRecording['result']>[0] = {
  peakUsers: 20,
  thresholds: [
    { threshold: 'p95 < 300ms', observed: 118.2, passed: true, reason: 'p95 was 118.2 ms' },
    { threshold: 'errors < 1%', observed: 0.05, passed: false, reason: 'errors was 5 %', failedAtSecond: 12 },
  ],
  coverage: { workers: 2, complete: 1, gaps: ['worker 2: nothing collected from second 7 on'] },
  warnings: ['the load generator was busy: worker 2 (91 %)'],
  verdict: {
    kind: 'fail',
    reasons: ['errors < 1%: errors was 5 %', 'worker 2: nothing collected from second 7 on'],
  },
};

interface SecondOptions {
  readonly names: readonly string[];
  readonly isOpen: boolean;
  readonly isHostile: boolean;
}

function createSecond(second: number, { names, isOpen, isHostile }: SecondOptions): SecondDelta {
  const entries = names.map((name, i) => createEntry(i === 1 ? 'POST' : 'GET', name, { second, isOpen }));
  const [, cart] = entries;
  const text = isHostile ? HOSTILE_NAMES.join(' ') : 'no stock';
  const exception = {
    userClass: 'Visitor',
    task: 'home',
    message: text,
    stack: `Error: ${text}\n at load.ts:7:3`,
  };
  return {
    second,
    users: second < 5 ? 2 * second + 2 : 20,
    entries,
    aggregates: [],
    failures: cart ? [{ key: cart.key, reason: `status 500: ${text}`, count: 2 }] : [],
    exceptions: second % 10 === 3 ? [{ ...exception, count: 1, workers: [2] }] : [],
    generatorDelay: histogramOf([20, 40, 90]),
    countedFrom: 0,
    dropped: isOpen ? 1 : undefined,
    late: false,
  };
}

function createEntry(
  method: string,
  name: string,
  { second, isOpen }: { readonly second: number; readonly isOpen: boolean },
): EntryDelta {
  const httpError = name === '/cart' ? 2 : 0;
  const counts: EntryCounts = {
    ...createCounts(),
    started: REQUESTS_PER_SECOND,
    ok: REQUESTS_PER_SECOND - httpError,
    httpError,
    bytesReceived: 330 * REQUESTS_PER_SECOND,
  };
  // Some are much slower than most, and it gets slower.
  const timesUs = Array.from({ length: REQUESTS_PER_SECOND }, (_, i) => 1.2 ** i * 300 + 200 * second);
  const latency = histogramOf(timesUs);
  return { key: { method, name }, counts, latency, ...(isOpen && { service: latency }) };
}

function histogramOf(timesUs: readonly number[]): SparseHistogram {
  const histogram = new IntervalHistogram();
  for (const timeUs of timesUs) histogram.record(timeUs);
  return histogram.take();
}
