const RUN = 'run-1';
const USERS = 60;
const SHARES = [0.5, 0.62, 0.7, 0.78, 1, 1.3, 1.7, 2.1, 3.4, 4.2, 4.8];

/**
 * What a master tells the page of a run with so many entries. Every number changes with every second.
 * @param {number} entries
 */
export function createPageData(entries) {
  const state = {
    version: '0.1.0',
    servingSince: '2026-01-01T00:00:00.000Z',
    script: 'load.ts',
    phase: 'running',
    isPaused: false,
    canStart: { ok: false, reason: 'a run is going on' },
    problem: null,
    workers: { ready: 2, expected: 2 },
    load: { model: 'closed', users: USERS, spawnRate: 5, rate: null, maxUsers: null, ruledBy: null },
    form: { host: null, classes: [], shapes: [], profiles: [], scenarios: [], thresholds: [], args: [] },
    run: { id: RUN, startedAt: '2026-01-01T00:00:00.000Z', elapsedSeconds: 0, runTimeSeconds: 7_200 },
    runs: [],
  };
  /** @param {number} second */
  const history = (second) => ({
    runId: RUN,
    spanSeconds: 1,
    points: Array.from({ length: second }, (_, at) => pointAt(at)),
    events: [],
    stages: [{ fromSecond: 0, name: 'steady' }],
  });
  return { state, history, second: (/** @type {number} */ second) => secondAt(second, entries) };
}

/** @param {number} second */
function pointAt(second) {
  const wave = Math.sin(second / 7) + Math.sin(second / 2.3) / 2;
  const p50Ms = 38 + 4 * wave;
  const rates = { requests: 120 + 20 * wave, failures: 4 + wave, dropped: null };
  return { second, users: USERS, ...rates, p50Ms, p95Ms: 3.1 * p50Ms, p99Ms: (5 + wave / 3) * p50Ms };
}

/**
 * @param {number} second
 * @param {number} entries
 */
function secondAt(second, entries) {
  return {
    runId: RUN,
    second,
    spanSeconds: 1,
    elapsedSeconds: second + 1,
    users: USERS,
    targetUsers: USERS,
    point: pointAt(second),
    revised: [],
    total: entryAt('Aggregated', '', second, 1),
    entries: Array.from({ length: entries }, (_, index) =>
      entryAt(`/api/v2/resources/${index}`, 'GET', second, 1 / (index + 2)),
    ),
    recent: { requestsPerSecond: pointAt(second).requests, failuresPerSecond: 4 },
    failures: [],
    exceptions: [],
    thresholds: [{ text: 'p95 < 300ms', observed: 128, passed: true, reason: 'p95 is 128 ms' }],
    workers: [workerAt(1, second), workerAt(2, second)],
    verdict: { kind: 'pass', reasons: [] },
    ratios: [],
  };
}

/**
 * @param {string} name
 * @param {string} method
 * @param {number} second
 * @param {number} share of all requests
 */
function entryAt(name, method, second, share) {
  const requests = Math.round(120 * second * share);
  const scale = share * (100 + (second % 97) / 3);
  return {
    method,
    name,
    requests,
    failures: Math.round(requests / 30),
    averageMs: scale,
    minMs: scale / 9,
    maxMs: 9 * scale,
    medianMs: scale,
    percentilesMs: SHARES.map((factor) => factor * scale),
    measured: requests,
    averageBytes: 20 * scale,
    requestsPerSecond: requests / second,
    failuresPerSecond: requests / second / 30,
  };
}

/**
 * @param {number} id
 * @param {number} second
 */
function workerAt(id, second) {
  const figures = { cpu: (second % 50) / 100, loopDelayMs: second % 7, utilization: 0.34, memoryMb: 88 };
  return { id, hostname: 'load-1', state: 'running', users: USERS / 2, share: 0.5, ...figures };
}
