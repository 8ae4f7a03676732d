import type {
  EntryKey,
  ExceptionPart,
  Random,
  RunEvent,
  RunFacts,
  RunStart,
  RunStatistics,
  ThresholdResult,
  WorkerHealth,
} from '@loadts/core';

/** Text that a page must show and never obey. */
export const HOSTILE_REASON = `expected <b>OK</b>, got "</script><script>document.title='owned'</script>"`;
export const HOSTILE_NAME = `/search?q=</script><img src=x onerror="document.title='owned'">`;

const NAMES = [
  'GET /',
  'GET /products',
  'GET /products/{id}',
  'POST /cart',
  'GET /cart',
  'POST /login',
  'GET /search',
  'POST /checkout',
  'GET /account/orders',
  'GET /account/orders/{id}',
  'PUT /account/address',
  'DELETE /cart/{item}',
  'GET /recommendations',
  'GET /static/app.css',
  'GET =HYPERLINK("http://127.0.0.1")',
  'GET /größe/日本語/🚲',
  'GET /a/very/long/path/that/somebody/forgot/to/give/a/name/with/3f9d2c1e-78aa-4f40-9c1e-000000000000',
  'PATCH /preferences',
  'GET /health',
];

/** `count` different ones, the hostile one among them. */
export function richKeys(count: number): EntryKey[] {
  const known = NAMES.map((text) => {
    const space = text.indexOf(' ');
    return { method: text.slice(0, space), name: text.slice(space + 1) };
  });
  const all = [{ method: 'GET', name: HOSTILE_NAME }, ...known];
  const more = Array.from({ length: Math.max(0, count - all.length) }, (_, i) => ({
    method: 'GET',
    name: `/catalog/${i}`,
  }));
  return [...all, ...more].slice(0, count);
}

export const RICH_THRESHOLDS: readonly ThresholdResult[] = [
  { threshold: 'p95 < 300ms', observed: 171.2, passed: true, reason: 'p95 was 171 ms' },
  {
    threshold: 'errors{name="/checkout"} < 1%',
    observed: 2.1,
    passed: false,
    reason: 'errors were 2.1 %, above 1 %',
    failedAtSecond: 348,
  },
  { threshold: 'p99{stage="steady"} < 1s', observed: 412, passed: true, reason: 'p99 was 412 ms' },
];

/** What the statistics of the run do not know. */
export const RICH_FACTS: Omit<RunFacts, 'durationSeconds' | 'coverage' | 'verdict'> = {
  script: 'load-tests/shop.ts',
  host: 'https://shop.example.com',
  startedAt: '2026-11-21T14:03:22.518Z',
  seed: 421_337,
  peakUsers: 240,
  skippedSeconds: 0,
  thresholds: RICH_THRESHOLDS,
  warnings: ['the load generator was busy: worker 2 (88 %); above 85 % the times may include its own delay'],
};

export const RICH_START: RunStart = {
  id: '2026-11-21T14-03-22-518Z-7f3a',
  script: RICH_FACTS.script,
  scriptHash: '9f2b8c1d4e5a6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8',
  host: RICH_FACTS.host,
  startedAt: RICH_FACTS.startedAt,
  seed: RICH_FACTS.seed,
  options: {
    users: 240,
    runTime: '10m',
    stages: ['150s:240', '375s:240', '75s:0'],
    tags: [],
    token: '***',
    headless: true,
    html: 'out/report.html',
  },
  thresholdTexts: RICH_THRESHOLDS.map(({ threshold }) => threshold),
  master: { hostname: 'ci-runner-7', platform: 'linux x64', node: 'v22.12.0', loadts: '0.1.0', cores: 8 },
  workers: [1, 2, 3, 4].map((id) => ({
    id,
    hostname: id < 3 ? 'ci-runner-7' : 'ci-runner-8',
    pid: 4_000 + 17 * id,
    cores: 8,
    loadts: '0.1.0',
  })),
  classes: [
    {
      name: 'Shopper',
      weight: 3,
      fixedCount: undefined,
      tasks: [
        { name: 'browse', share: 0.55 },
        { name: 'search', share: 0.3 },
        { name: 'checkout', share: 0.15 },
      ],
    },
    { name: 'Monitor', weight: 1, fixedCount: 2, tasks: [{ name: 'checkHealth', share: 1 }] },
  ],
};

export function listEvents(seconds: number): RunEvent[] {
  return [
    { second: 0, kind: 'stage', text: 'stage ramp-up began', values: { stage: 'ramp-up' } },
    { second: 0.25 * seconds, kind: 'stage', text: 'stage steady began', values: { stage: 'steady' } },
    { second: 0.58 * seconds, kind: 'threshold', text: 'errors{name="/checkout"} < 1% failed' },
    { second: 0.62 * seconds, kind: 'workerMissing', text: 'worker 3 is missing' },
    { second: 0.635 * seconds, kind: 'workerReturned', text: 'worker 3 is back' },
    { second: 0.88 * seconds, kind: 'stage', text: 'stage ramp-down began', values: { stage: 'ramp-down' } },
  ];
}

/** What the workers say of themselves in one second; the third one is silent for a while. */
export function createHealth(
  random: Random,
  position: number,
  { second, users }: { readonly second: number; readonly users: number },
): WorkerHealth[] {
  const isSilent = position >= 0.62 && position < 0.635;
  return [1, 2, 3, 4]
    .filter((workerId) => workerId !== 3 || !isSilent)
    .map((workerId) => {
      const isBusy = workerId === 2;
      const spread = (): number => random() ** 3;
      return {
        workerId,
        second,
        users: Math.round(users / 4),
        loopDelayUs: 600 + (isBusy ? 9_000 : 2_000) * spread(),
        sendDelayUs: 200 + (isBusy ? 6_000 : 1_000) * spread(),
        utilization: (isBusy ? 0.6 : 0.35) + 0.28 * spread(),
        cpu: (isBusy ? 0.62 : 0.36) + 0.3 * spread(),
        collectingUs: 400 + 3_000 * spread(),
        memoryBytes: 94_000_000 + 22_000_000 * spread(),
      };
    });
}

/** Adds them to the totals. @returns the same for the recording */
export function addExceptions(statistics: RunStatistics): ExceptionPart[] {
  const stack = `TypeError: Cannot read properties of undefined (reading 'id')
    at Shopper.checkout (load.ts:48:31)
    at Shopper.order (load.ts:61:5)`;
  const message = `Cannot read properties of undefined (reading 'id')`;
  const exceptions = [
    { userClass: 'Shopper', task: 'checkout', message, stack, count: 17, workers: [2] },
    { userClass: 'Shopper', task: 'browse', message: HOSTILE_REASON, stack: '', count: 3, workers: [4] },
  ];
  for (const { workers, ...exception } of exceptions) {
    for (const worker of workers) statistics.addException(exception, worker);
  }
  return exceptions;
}
