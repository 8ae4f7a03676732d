import {
  createRandom,
  decideVerdict,
  type EntryKey,
  type RunEvent,
  type RunFacts,
  type RunStart,
  type RunStatistics,
  type WorkerSeries,
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

export interface RichRunFacts {
  readonly start: RunStart;
  readonly facts: RunFacts;
  readonly events: readonly RunEvent[];
  readonly workerSeries: readonly WorkerSeries[];
}

/** What a made-up run is beside its requests. */
export function describeRichRun(seconds: number, statistics: RunStatistics): RichRunFacts {
  const thresholds = [
    { threshold: 'p95 < 300ms', observed: 171.2, passed: true, reason: 'p95 was 171 ms' },
    {
      threshold: 'errors{name="/checkout"} < 1%',
      observed: 0.021,
      passed: false,
      reason: 'errors were 2.1 %, above 1 %',
      failedAtSecond: Math.round(0.58 * seconds),
    },
    { threshold: 'p99{stage="steady"} < 1s', observed: 412, passed: true, reason: 'p99 was 412 ms' },
  ];
  const gap = 'worker 3: nothing collected from second 372 to 380';
  const { counts } = statistics.total;
  const facts: RunFacts = {
    script: 'load-tests/shop.ts',
    host: 'https://shop.example.com',
    startedAt: '2026-11-21T14:03:22.518Z',
    durationSeconds: seconds,
    seed: 421_337,
    peakUsers: 240,
    skippedSeconds: 0,
    thresholds,
    coverage: { workers: 4, complete: 3, gaps: [gap] },
    warnings: [
      'the load generator was busy: worker 2 (88 %); above 85 % the times may include its own delay',
    ],
    verdict: decideVerdict({
      requests: counts.started,
      failures: counts.started - counts.ok,
      exceptions: 20,
      scriptErrors: [],
      gaps: [gap],
      overloads: [],
      thresholds,
    }),
  };
  return {
    start: describeStart(facts),
    facts,
    events: listEvents(seconds),
    workerSeries: listWorkers(seconds),
  };
}

function describeStart({ script, host, startedAt, seed, thresholds }: RunFacts): RunStart {
  const machine = {
    hostname: 'ci-runner-7',
    platform: 'linux x64',
    node: 'v22.12.0',
    loadts: '0.1.0',
    cores: 8,
  };
  return {
    id: '2026-11-21T14-03-22-518Z-7f3a',
    script,
    scriptHash: '9f2b8c1d4e5a6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8',
    host,
    startedAt,
    seed,
    options: {
      users: 240,
      spawnRate: 10,
      runTime: '10m',
      stages: ['150s:240', '375s:240', '75s:0'],
      tags: [],
      token: '***',
      headless: true,
      html: 'out/report.html',
    },
    thresholdTexts: thresholds.map(({ threshold }) => threshold),
    master: machine,
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
}

function listEvents(seconds: number): RunEvent[] {
  return [
    { second: 0, kind: 'stage', text: 'stage "ramp-up" began' },
    { second: 0.25 * seconds, kind: 'stage', text: 'stage "steady" began' },
    { second: 0.58 * seconds, kind: 'threshold', text: 'errors{name="/checkout"} < 1% failed' },
    { second: 0.62 * seconds, kind: 'workerMissing', text: 'worker 3 is missing' },
    { second: 0.635 * seconds, kind: 'workerReturned', text: 'worker 3 is back' },
    { second: 0.88 * seconds, kind: 'stage', text: 'stage "ramp-down" began' },
  ];
}

function listWorkers(seconds: number): WorkerSeries[] {
  return [1, 2, 3, 4].map((workerId) => {
    const random = createRandom(7, workerId);
    const column = (level: number, spread: number): (number | null)[] =>
      Array.from({ length: seconds }, (_, second) => {
        const isSilent = workerId === 3 && second >= 0.62 * seconds && second < 0.635 * seconds;
        return isSilent ? null : level + spread * random() ** 3;
      });
    return {
      workerId,
      spanSeconds: 1,
      users: column(60, 0).map((users) => users && Math.round(users)),
      loopDelayMs: column(0.6, workerId === 2 ? 9 : 2),
      sendDelayMs: column(0.2, workerId === 2 ? 6 : 1),
      utilization: column(workerId === 2 ? 0.6 : 0.35, 0.28),
      cpu: column(workerId === 2 ? 0.62 : 0.36, 0.3),
      collectingMs: column(0.4, 3),
      memoryMb: column(94, 22),
    };
  });
}
