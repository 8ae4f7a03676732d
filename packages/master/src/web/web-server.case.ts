import { LoadtsError } from '@loadts/core';
import type { FormView, SecondView, StartRequest, StateView } from '@loadts/protocol';
import { onTestFinished } from 'vitest';
import { sampleResult } from '../report/sample-result.case.ts';
import type { RunControl } from '../run/run-control.ts';
import { EventStream } from './event-stream.ts';
import type { WebBackend } from './web-backend.ts';
import { WebServer, type WebServerOptions } from './web-server.ts';

const FORM: FormView = {
  users: 1,
  spawnRate: 1,
  host: null,
  runTime: null,
  rate: null,
  maxUsers: null,
  shape: null,
  profile: null,
  classes: [],
  chosenClasses: [],
  shapes: [],
  profiles: [],
  scriptRate: null,
  scenarios: [],
  chosenScenarios: [],
  thresholds: [],
  args: [],
};

const SAMPLE_STATE: StateView = {
  version: '0.1.0',
  script: '<script>alert(1)</script>.ts',
  phase: 'ready',
  isPaused: false,
  servingSince: '2026-01-01T00:00:00.000Z',
  canStart: { ok: true, reason: null },
  problem: null,
  workers: { ready: 1, expected: 1 },
  load: null,
  form: FORM,
  run: { id: 'run-1', startedAt: null, elapsedSeconds: 0, runTimeSeconds: null },
  runs: [],
};

const NOTHING = sampleResult().total;

export const SAMPLE_SECOND: SecondView = {
  runId: 'run-1',
  second: 5,
  spanSeconds: 1,
  elapsedSeconds: 7,
  users: 2,
  targetUsers: 2,
  point: null,
  revised: [],
  total: NOTHING,
  entries: [],
  recent: { requestsPerSecond: 0, failuresPerSecond: 0 },
  failures: [],
  exceptions: [],
  thresholds: [],
  workers: [],
  verdict: { kind: 'pass', reasons: [] },
  ratios: [],
};

/** A session without runs, which writes down what it is told to do. */
export function createBackend(): WebBackend & { readonly calls: unknown[]; readonly asked: number[] } {
  const calls: unknown[] = [];
  const asked: number[] = [];
  const control: RunControl = {
    load: { model: 'closed', users: 1, spawnRate: 1 },
    ruledBy: undefined,
    isPaused: false,
    events: [],
    changeUsers: (change) => calls.push(['users', change]),
    changeRate: () => {
      throw new LoadtsError('CONTROL_REFUSED', 'the run has no rate', { hint: 'change its users' });
    },
    pause: () => calls.push(['pause']),
    resume: () => calls.push(['resume']),
    resetStatistics: () => calls.push(['reset']),
    stop: () => calls.push(['stop']),
    stopNow: () => calls.push(['stopNow']),
  };
  return {
    calls,
    asked,
    state: SAMPLE_STATE,
    history: { runId: null, spanSeconds: 1, points: [], events: [], stages: [] },
    log: [{ time: '2026-11-21T14:03:22.518Z', level: 'info', worker: null, text: 'hello' }],
    live: undefined,
    control,
    secondAfter: (second) => {
      asked.push(second);
      return SAMPLE_SECOND;
    },
    start: (request: StartRequest) => {
      if (request.users === 'many')
        throw new LoadtsError('CONFIG_INVALID', 'users: "many" is not a whole number');
      if (request.users === 13) throw new Error('a bug with a secret in it');
      calls.push(['start', request]);
    },
    stop: (isForced) => calls.push(['stop', isForced]),
    findRun: (id) => (id === 'run-1' ? { id, result: sampleResult, runFile: undefined } : undefined),
  };
}

export interface TestServer {
  readonly url: string;
  readonly backend: ReturnType<typeof createBackend>;
  readonly events: EventStream;
  readonly errors: unknown[];
}

/** A real server on loopback, until the test ends. */
export async function startServer(options: Partial<WebServerOptions> = {}): Promise<TestServer> {
  const backend = createBackend();
  const errors: unknown[] = [];
  const { events = new EventStream() } = options;
  const server = new WebServer({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: ['loadtest.internal'],
    token: undefined,
    backend,
    events,
    page: undefined,
    reportTemplate: new URL('data:text/html,'),
    formatMetrics: () => 'loadts_users 1\n',
    onError: (error) => errors.push(error),
    ...options,
  });
  const port = await server.listen();
  onTestFinished(() => server.close());
  return { url: `http://127.0.0.1:${port}`, backend, events, errors };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Of an answer in JSON. */
  readonly body: { readonly error?: { readonly code: string; readonly message: string } };
  readonly headers: Headers;
}

export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const body = (isJson ? JSON.parse(text) : {}) as Answer['body'];
  return { status: response.status, text, body, headers: response.headers };
}

/** A POST as a program sends it. */
export function post(url: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
  const own = { 'content-type': 'application/json', ...headers };
  return ask(url, {
    method: 'POST',
    headers: own,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
