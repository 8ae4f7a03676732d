import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { runLoadts, writeScript } from './support/loadts.ts';

interface Entry {
  readonly scenario: string;
  readonly method: string;
  readonly name: string;
  readonly requests: number;
  readonly service?: object;
}

/** What the test looks at in a result file. */
interface Result {
  readonly entries: readonly Entry[];
  readonly total: Entry;
  readonly arrivals: object;
  readonly scenarios: readonly {
    readonly name: string;
    readonly startSecond: number;
    readonly endSecond: number;
    readonly peakUsers?: number;
    readonly total: Entry;
  }[];
  readonly series: {
    readonly entries: readonly { readonly name: string; readonly requests: readonly number[] }[];
  };
}

const SCRIPT = `
import { arrivalRate, constant, HttpUser, stages, task, type Scenarios } from 'loadts';

export class Browser extends HttpUser {
  waitTime = constant(0.1);
  @task async look() { await this.client.get('/users'); }
}
export class Buyer extends HttpUser {
  @task async buy() { await this.client.post('/users', { json: { name: 'Ada' } }); await this.client.get('/status'); }
}
export const scenarios = {
  browse: { userClass: Browser, shape: stages([{ duration: '6s', users: 4, spawnRate: 'all' }]) },
  buy: { userClass: Buyer, rate: arrivalRate({ rate: 50, maxUsers: 40 }), startAfter: '1500ms', runTime: '3s', whenBusy: 'queue' },
} satisfies Scenarios;
`;

describe('a run of two scenarios', () => {
  let api: ReturnType<typeof createSampleApi>;
  let url: string;
  let script: Awaited<ReturnType<typeof writeScript>>;
  let folder: string;
  beforeEach(async () => {
    api = createSampleApi();
    url = await api.listen();
    script = await writeScript(SCRIPT);
    folder = await mkdtemp(join(tmpdir(), 'loadts-scenarios-'));
  });
  afterEach(async () => {
    await api.close();
    await script.remove();
    await rm(folder, { recursive: true });
  });

  const run = (...args: readonly string[]) =>
    runLoadts(['run', script.path, '--headless', '-H', url, '--processes', '2', '--allow-overload', ...args]);
  const read = async (): Promise<Result> =>
    JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Result;

  it('gives each its own load at its own time, and reports what the target has counted', async () => {
    const files = ['--json', join(folder, 'run.json'), '--csv', join(folder, 'run')];
    const { stdout, exitCode } = await run(...files, '--threshold', 'dropped{scenario="buy"} <= 0');
    expect(exitCode).toBe(0);
    const { entries, scenarios, series, total, arrivals } = await read();
    const { requests, total: answered } = api.counts();
    const countOf = (method: string, name: string) =>
      entries.find((entry) => entry.method === method && entry.name === name);
    // As many as the rate asks for in 3 s, whatever else goes on.
    expect(requests).toEqual({
      'GET /users': countOf('GET', '/users')?.requests,
      'POST /users': 150,
      'GET /status': 150,
    });
    expect(entries.map(({ scenario, method, name }) => [scenario, method, name])).toEqual([
      ['browse', 'GET', '/users'],
      ['buy', 'GET', '/status'],
      ['buy', 'POST', '/users'],
    ]);
    expect(scenarios.map((scenario) => [scenario.name, scenario.total.requests])).toEqual([
      ['browse', requests['GET /users']],
      ['buy', 300],
    ]);
    expect(total.requests).toBe(answered);
    expect(arrivals).toMatchObject({ asked: 150, started: 150, dropped: 0 });
    expect(scenarios[1]).toMatchObject({ startSecond: 1.5, arrivals: { asked: 150 } });
    expect(scenarios[1]?.endSecond).toBeCloseTo(4.5, 0);
    expect(scenarios.map(({ peakUsers }) => peakUsers)).toEqual([4, undefined]);
    // Service time is that of the open one alone.
    expect(entries.map(({ service }) => service !== undefined)).toEqual([false, true, true]);
    const buying = series.entries.find(({ name }) => name === '/status')?.requests ?? [];
    expect([buying[0], buying[5] ?? 0]).toEqual([0, 0]);
    expect(stdout).toMatch(/^Arrivals of buy: 150 asked, 150 started$/m);
    expect(stdout).toMatch(/^browse +0s +[\d.]+s +\d+ /m);
    expect(await readFile(join(folder, 'run_stats.csv'), 'utf8')).toContain('\nPOST,buy: /users,150,0,');
  });

  it('passes or fails with the threshold of one of them', async () => {
    const { stdout, exitCode } = await run(
      '-t',
      '3s',
      '--threshold',
      'requests{scenario="buy"} >= 100000',
      '--threshold',
      'requests{scenario="browse"} >= 1',
      '--threshold',
      'rps{scenario="buy"} >= 60',
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^FAIL +requests\{scenario="buy"\} >= 100000/m);
    expect(stdout).toMatch(/^pass +requests\{scenario="browse"\} >= 1/m);
    expect(stdout).toMatch(/^pass +rps\{scenario="buy"\} >= 60/m);
  });

  it('runs one alone where that is chosen, and refuses what it does not know', async () => {
    const { exitCode, stdout } = await run('--scenario', 'buy', '-t', '2500ms');
    expect(exitCode).toBe(0);
    expect(Object.keys(api.counts().requests).toSorted()).toEqual(['GET /status', 'POST /users']);
    expect(stdout).toContain('Arrivals of buy: 50 asked');
    const unknown = await run('--scenario', 'bey');
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean buy?')]);
    const doubled = await run('-u', '5');
    expect(doubled.exitCode).toBe(2);
    expect(doubled.stderr).toContain('--users: the scenarios of the script say how much load there is');
  });
});
