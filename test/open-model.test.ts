import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { findWorkers } from './support/find-workers.ts';
import { readSummary, runLoadts, startLoadts, writeScript } from './support/loadts.ts';
import { createCluster } from './support/run-cluster.ts';
import { type SampleApiProcess, startSampleApi } from './support/sample-api-process.ts';

const TITLES = { response: 'Response time percentiles', service: 'Service time percentiles' } as const;

/** A percentile of all requests in milliseconds, as the summary printed it. */
function percentileOf(stdout: string, latency: keyof typeof TITLES, percentile: string): number {
  const [, table = ''] = stdout.split(TITLES[latency]);
  const lines = table.split('\n');
  const columns =
    lines
      .find((line) => line.startsWith('Type'))
      ?.trim()
      .split(/\s+/) ?? [];
  const cells =
    lines
      .find((line) => line.includes('Aggregated'))
      ?.trim()
      .split(/\s+/) ?? [];
  // The row of all requests has no type.
  return Number.parseFloat(cells[columns.indexOf(percentile) - 1] ?? 'NaN');
}

/** What the summary says of the arrivals. */
function arrivalsOf(stdout: string) {
  const [line = ''] = /^Arrivals: .*$/m.exec(stdout) ?? [];
  const count = (what: string): number =>
    Number((new RegExp(`([\\d,]+) ${what}`).exec(line)?.[1] ?? '0').replaceAll(',', ''));
  return {
    asked: count('asked'),
    started: count('started'),
    dropped: count('dropped'),
    waiting: count('still waiting'),
    lost: count('lost'),
  };
}

const QUIET = ['--headless', '--only-summary'];

describe('an open run against a server that freezes', () => {
  let api: SampleApiProcess;
  beforeEach(async () => {
    api = await startSampleApi();
  });
  afterEach(() => api.close());

  it('shows the freeze in the response time, the rest in the service time, and loses no arrival', async () => {
    const args = ['run', `${api.url}/users`, '--rate', '200', '-t', '20s', '--max-users', '10'];
    const command = startLoadts([...args, '--when-busy', 'queue', '--processes', '2']);
    await command.printed('    8s  running');
    api.freeze();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    api.thaw();
    const { stdout, exitCode } = await command.finished;
    expect(exitCode).toBe(0);
    expect(arrivalsOf(stdout)).toEqual({ asked: 4_000, started: 4_000, dropped: 0, waiting: 0, lost: 0 });
    expect(await api.count()).toBe(4_000);
    expect(stdout).not.toContain('contradict');
    expect(percentileOf(stdout, 'response', '99%')).toBeGreaterThan(1_000);
    expect(percentileOf(stdout, 'service', '99%')).toBeLessThan(1_000);
    expect(percentileOf(stdout, 'service', '100%')).toBeGreaterThan(1_000);
    expect(stdout).toContain('Service time runs from sending to the end of the answer');
  }, 60_000);
});

describe('an open run against a slow server', () => {
  let api: ReturnType<typeof createSampleApi>;
  let url: string;
  beforeEach(async () => {
    api = createSampleApi({ slowMs: 1_000 });
    url = await api.listen();
  });
  afterEach(() => api.close());

  const args = ['--rate', '5', '--max-users', '1', '-t', '5s', '--processes', '1', '--only-summary'];

  it('has the wait for a user in the response time alone under queue', async () => {
    const { stdout, exitCode } = await runLoadts(['run', url, ...args, '--when-busy', 'queue']);
    const { asked, started, dropped, waiting } = arrivalsOf(stdout);
    expect(exitCode).toBe(0);
    expect([asked, dropped]).toEqual([25, 0]);
    expect(started + waiting).toBe(25);
    expect(waiting).toBeGreaterThan(10);
    expect(percentileOf(stdout, 'response', '100%')).toBeGreaterThan(3_000);
    expect(percentileOf(stdout, 'service', '50%')).toBeLessThan(1_500);
    expect(stdout).toContain('still waited for a user when the load ended');
  });

  it('counts the arrivals that found no user under drop', async () => {
    const { stdout } = await runLoadts(['run', url, ...args, '--threshold', 'dropped < 10']);
    const { asked, started, dropped } = arrivalsOf(stdout);
    expect(asked).toBe(25);
    expect(started + dropped).toBe(25);
    expect(started).toBe(api.counts().total);
    expect(dropped).toBeGreaterThan(10);
    expect(stdout).toMatch(/FAIL +dropped < 10/);
    expect(percentileOf(stdout, 'response', '50%')).toBeLessThan(1_500);
  });
});

describe('an open run', () => {
  let api: ReturnType<typeof createSampleApi>;
  let url: string;
  beforeEach(async () => {
    api = createSampleApi();
    url = await api.listen();
  });
  afterEach(() => api.close());

  it('at 5 a second with 10 users on 4 workers is 5 a second over all of them', async () => {
    const args = ['--rate', '5', '--max-users', '10', '-t', '4s', '--processes', '4', '--only-summary'];
    const { stdout, exitCode } = await runLoadts(['run', url, ...args]);
    expect(exitCode).toBe(0);
    expect(arrivalsOf(stdout)).toMatchObject({ asked: 20, started: 20 });
    expect(api.counts().total).toBe(20);
  });

  it('follows a ramp from the script, whose area is the number of starts, and ends with it', async () => {
    const script = await writeScript(`
      import { HttpUser, rampingArrivalRate, task } from 'loadts';
      export const rate = rampingArrivalRate([{ duration: '5s', rate: 400 }], { whenBusy: 'queue' });
      export class Visitor extends HttpUser {
        @task async visit() { await this.client.get('/users'); await this.client.get('/status'); }
      }`);
    const { stdout, exitCode } = await runLoadts([
      'run',
      script.path,
      ...QUIET,
      '-H',
      url,
      '--processes',
      '2',
    ]);
    await script.remove();
    expect(exitCode).toBe(0);
    expect(arrivalsOf(stdout)).toMatchObject({ asked: 1_000, started: 1_000 });
    expect(api.counts().requests).toEqual({ 'GET /users': 1_000, 'GET /status': 1_000 });
  });

  it('that loses a worker knows which arrivals are lost, and has the others start the later ones', async () => {
    const args = ['run', url, '--rate', '50', '-t', '7s', '--processes', '2'];
    const command = startLoadts(args);
    await command.printed('    2s  running');
    const [first] = await findWorkers(command);
    process.kill(first as number, 'SIGKILL');
    const { stdout, exitCode } = await command.finished;
    const { asked, started, lost } = arrivalsOf(stdout);
    expect(exitCode).toBe(4);
    expect(asked).toBe(350);
    expect(started + lost).toBe(350);
    expect(lost).toBeGreaterThan(20);
    expect(lost).toBeLessThan(100);
    expect(stdout).toMatch(/worker \d: \d+ arrivals are lost/);
  });

  it('gives a worker that comes late its share, and starts exactly what was asked for', async () => {
    const script = await writeScript(`
      import { HttpUser, task } from 'loadts';
      export class Visitor extends HttpUser {
        @task async visit() {
          await this.client.get('/users', { name: this.ordinal < 1_000_000 ? 'early' : 'late' });
        }
      }`);
    const cluster = await createCluster();
    const first = cluster.worker();
    const master = cluster.master(script.path, '--rate', '40', '-t', '12s', '-H', url);
    await master.printed('    2s  running');
    const second = cluster.worker();
    const { stdout, exitCode } = await master.finished;
    await Promise.all([first.finished, second.finished]);
    await cluster.close();
    await script.remove();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Numbers complete: 2 of 2 workers');
    expect(stdout).toMatch(/ \d+\.\d+ of \d+\.\d+ starts\/s /);
    expect(arrivalsOf(stdout)).toMatchObject({ asked: 480, started: 480, lost: 0 });
    const { 'GET early': early, 'GET late': late } = readSummary(stdout);
    expect((early?.requests ?? 0) + (late?.requests ?? 0)).toBe(480);
    expect(late?.requests).toBeGreaterThan(20);
    expect(api.counts().total).toBe(480);
  }, 60_000);

  it('is refused beside what decides over the users', async () => {
    const { stderr, exitCode } = await runLoadts(['run', url, '--rate', '5', '-u', '3', '--stages', '5s:3']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--users: a rate makes as many users as it needs');
    expect(stderr).toContain('--stages decides over the users');
  });
});
