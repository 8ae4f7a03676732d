import type { EntryView, FormView, HistoryView, SecondView, StateView, WorkerView } from '@loadts/protocol';

export const FAKE_HOSTILE_NAME = '/search?q=<img src=x onerror=document.title=1>';
export const FAKE_HOSTILE_REASON = 'HTTP 500: <script>document.title = "2"</script>';

const NAMES = ['/', '/products', '/products/[id]', '/cart', '/checkout', '/users', FAKE_HOSTILE_NAME];
const PERCENTILES = [0.5, 0.62, 0.7, 0.78, 1, 1.3, 1.7, 2.1, 3.4, 4.2, 4.8];

const FORM: FormView = {
  users: 60,
  spawnRate: 5,
  host: 'https://staging.shop.example',
  runTime: '10m',
  rate: null,
  maxUsers: null,
  shape: null,
  profile: null,
  classes: [
    {
      name: 'Visitor',
      weight: 3,
      fixedCount: null,
      tasks: [
        { name: 'openHome', share: 0.5 },
        { name: 'browse', share: 0.35 },
        { name: 'search', share: 0.15 },
      ],
    },
    {
      name: 'Buyer',
      weight: 1,
      fixedCount: null,
      tasks: [
        { name: 'fillCart', share: 0.7 },
        { name: 'checkout', share: 0.3 },
      ],
    },
  ],
  chosenClasses: ['Visitor', 'Buyer'],
  shapes: [],
  profiles: ['smoke', 'spike', 'soak'],
  scriptRate: null,
  scenarios: [],
  chosenScenarios: [],
  thresholds: ['p95 < 300ms', 'errors < 1%'],
  args: [
    {
      name: 'tenant',
      kind: 'text',
      default: 'acme',
      choices: [],
      help: 'Whose shop is opened',
      isRequired: true,
    },
    {
      name: 'pageSize',
      kind: 'number',
      default: 20,
      choices: [],
      help: 'Products on a page',
      isRequired: false,
    },
    { name: 'tier', kind: 'choice', default: 'gold', choices: ['gold', 'free'], help: '', isRequired: false },
    {
      name: 'warmCache',
      kind: 'boolean',
      default: true,
      choices: [],
      help: 'Open each page once',
      isRequired: false,
    },
    {
      name: 'apiKey',
      kind: 'secret',
      default: null,
      choices: [],
      help: 'Never in reports',
      isRequired: false,
    },
  ],
};

/** A master that waits for somebody to press Start. */
export function readyState(): StateView {
  return {
    version: '0.1.0',
    script: 'load-tests/shop.ts',
    phase: 'ready',
    isPaused: false,
    servingSince: '2026-11-21T13:59:00.000Z',
    canStart: { ok: true, reason: null },
    problem: null,
    workers: { ready: 2, expected: 2 },
    load: null,
    form: FORM,
    run: null,
    runs: [],
  };
}

/** The same in the middle of a run. */
export function runningState(): StateView {
  return {
    ...readyState(),
    phase: 'running',
    canStart: { ok: false, reason: 'a run goes on' },
    load: { model: 'closed', users: 60, spawnRate: 5, rate: null, maxUsers: null, ruledBy: null },
    run: { id: 'run-1', startedAt: '2026-11-21T14:00:00.000Z', elapsedSeconds: 0, runTimeSeconds: 600 },
    runs: [pastRun('run-0a', 'pass', 182), pastRun('run-0b', 'fail', 341)],
  };
}

function pastRun(id: string, verdict: 'pass' | 'fail', p95Ms: number): StateView['runs'][number] {
  const failures = verdict === 'pass' ? 12 : 2_310;
  return {
    id,
    startedAt: '2026-11-21T13:00:00.000Z',
    durationSeconds: 600,
    verdict,
    requests: 71_220,
    failures,
    p95Ms,
  };
}

export type FakePoint = HistoryView['points'][number];

/** The same second has the same numbers always. */
function pointAt(second: number): FakePoint {
  const users = Math.min(60, 5 * (second + 1));
  const isBad = second % 240 > 180 && second % 240 < 215;
  const wobble = Math.sin(second / 7) + Math.sin(second / 2.3) / 2;
  const requests = Math.max(1, Math.round(users * (2 + wobble / 8) * (isBad ? 0.6 : 1)));
  const p50Ms = 38 + 4 * wobble + (isBad ? 60 : 0);
  return {
    second,
    users,
    requests,
    failures: isBad ? Math.round(requests / 9) : 0,
    p50Ms,
    p95Ms: p50Ms * 3.1,
    p99Ms: p50Ms * (5 + wobble / 3),
    dropped: null,
  };
}

export function historyUntil(second: number): HistoryView {
  return {
    runId: 'run-1',
    spanSeconds: 1,
    points: Array.from({ length: second + 1 }, (_, at) => pointAt(at)),
    events: [
      { second: 12, kind: 'note', text: 'all 60 users are there', isByUser: false },
      { second: 184, kind: 'threshold', text: 'errors < 1% fails', isByUser: false },
    ].filter((event) => event.second <= second),
    stages: [
      { fromSecond: 0, name: 'ramp' },
      { fromSecond: 60, name: 'steady' },
      { fromSecond: 420, name: 'soak' },
    ].filter(({ fromSecond }) => fromSecond <= second),
  };
}

/** @param entries how many rows the table has */
export function secondAt(second: number, entries: number): SecondView {
  const points = historyUntil(second).points;
  const requests = points.reduce((sum, point) => sum + point.requests, 0);
  const failures = points.reduce((sum, point) => sum + point.failures, 0);
  const rows = Array.from({ length: entries }, (_, i) =>
    entryAt(i, requests / entries, failures, second + 1),
  );
  const point = pointAt(second);
  const total = entryOf('', 'Aggregated', { requests, failures, scale: 1, seconds: second + 1 });
  return {
    runId: 'run-1',
    second,
    spanSeconds: 1,
    elapsedSeconds: second + 1,
    users: point.users,
    targetUsers: 60,
    point,
    revised: [],
    total,
    entries: rows,
    recent: { requestsPerSecond: point.requests, failuresPerSecond: point.failures },
    failures:
      failures === 0
        ? []
        : [
            {
              method: 'POST',
              name: '/checkout',
              reason: 'HTTP 503',
              count: failures,
              firstSecond: 184,
              lastSecond: second,
            },
            {
              method: 'GET',
              name: FAKE_HOSTILE_NAME,
              reason: FAKE_HOSTILE_REASON,
              count: 3,
              firstSecond: 9,
              lastSecond: 11,
            },
          ],
    exceptions: [
      {
        userClass: 'Buyer',
        task: 'checkout',
        message: "TypeError: Cannot read properties of undefined (reading 'id')",
        stack:
          "TypeError: Cannot read properties of undefined (reading 'id')\n    at Buyer.checkout (load-tests/shop.ts:48:31)",
        count: 4,
        workers: [1, 2],
      },
    ],
    thresholds: [
      { text: 'p95 < 300ms', observed: 128, passed: true, reason: 'p95 is 128 ms' },
      {
        text: 'errors < 1%',
        observed: failures / requests,
        passed: failures === 0,
        reason: 'of all requests',
      },
      { text: 'p99{name:/checkout} < 1s', observed: null, passed: null, reason: 'not judged yet' },
    ],
    workers: [workerAt(1, point.users), workerAt(2, point.users)],
    verdict:
      failures === 0 ? { kind: 'pass', reasons: [] } : { kind: 'fail', reasons: ['errors < 1% fails'] },
    ratios: FORM.classes,
  };
}

function entryAt(index: number, requests: number, failures: number, seconds: number): EntryView {
  const name = NAMES[index] ?? `/api/v2/resources/${index}`;
  const isCheckout = name === '/checkout';
  return entryOf(isCheckout ? 'POST' : 'GET', name, {
    requests: Math.round(requests),
    failures: isCheckout ? failures : 0,
    scale: 1 + (index % 5) / 3,
    seconds,
  });
}

interface FakeFigures {
  readonly requests: number;
  readonly failures: number;
  readonly scale: number;
  readonly seconds: number;
}

function entryOf(
  method: string,
  name: string,
  { requests, failures, scale, seconds }: FakeFigures,
): EntryView {
  return {
    method,
    name,
    requests,
    failures,
    averageMs: 52 * scale,
    minMs: 3.2 * scale,
    maxMs: 480 * scale,
    medianMs: 50 * scale,
    percentilesMs: PERCENTILES.map((factor) => 100 * factor * scale),
    measured: requests,
    averageBytes: 2_140 * scale,
    requestsPerSecond: requests / seconds,
    failuresPerSecond: failures / seconds,
  };
}

function workerAt(id: number, users: number): WorkerView {
  const figures = { cpu: 0.31 + id / 50, loopDelayMs: 1.2 * id, utilization: 0.34, memoryMb: 88 + id };
  return { id, hostname: 'load-1', state: 'running', users: users / 2, share: 0.5, ...figures };
}
