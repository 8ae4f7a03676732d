import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, startLoadts } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
});

afterEach(() => api.close());

/** Requests by entry as the summary printed them, without the total. */
function reported(stdout: string): Record<string, number> {
  const { Aggregated: _, ...entries } = readSummary(stdout);
  return Object.fromEntries(Object.entries(entries).map(([name, { requests }]) => [name, requests]));
}

describe('a run reports exactly what the server counted', () => {
  const headless = ['--headless', '--only-summary'];

  it.each([1, 2, 3])('with 50 users without wait time on %i workers', async (workers) => {
    const args = ['run', 'no-wait.ts', ...headless, '-u', '50', '-r', 'all', '-t', '3s'];
    const { stdout, exitCode } = await runLoadts([...args, '-H', url, '--processes', String(workers)]);
    const { total, requests } = api.counts();
    expect(exitCode).toBe(0);
    expect(total).toBeGreaterThan(1_000);
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: total, failures: 0 });
    expect(reported(stdout)).toEqual({
      'GET /users': requests['GET /users'],
      'POST /users': 50,
      'GET say goodbye': 50,
    });
    expect(stdout).toContain(`Numbers complete: ${workers} of ${workers} worker`);
  });

  it('when SIGTERM stops it half-way', async () => {
    const args = [
      'run',
      'no-wait.ts',
      '--headless',
      '-u',
      '50',
      '-r',
      'all',
      '-t',
      '30s',
      '--processes',
      '2',
    ];
    const command = startLoadts([...args, '-H', url]);
    await command.printed('    2s  running');
    command.process.kill('SIGTERM');
    const { stdout, exitCode } = await command.finished;
    expect(exitCode).toBe(0);
    expect(readSummary(stdout)['Aggregated']?.requests).toBe(api.counts().total);
    expect(stdout).toContain('Verdict: PASS');
  });

  it('with weighted tasks, per path', async () => {
    const args = [
      'run',
      'weighted-tasks.ts',
      ...headless,
      '-u',
      '40',
      '-r',
      'all',
      '-t',
      '4s',
      '--processes',
      '2',
    ];
    const { stdout, exitCode } = await runLoadts([...args, '-H', url]);
    expect(exitCode).toBe(0);
    expect(reported(stdout)).toEqual(api.counts().requests);
    expect(Object.keys(reported(stdout))).toEqual(['GET /', 'GET /status', 'GET /users']);
  });

  it('with the first script of the tutorial', async () => {
    const args = [
      'run',
      'first-test.ts',
      ...headless,
      '-u',
      '5',
      '-r',
      'all',
      '-t',
      '2s',
      '--processes',
      '1',
    ];
    const { stdout } = await runLoadts([...args, '-H', url]);
    expect(reported(stdout)).toEqual(api.counts().requests);
    expect(api.counts().total).toBeGreaterThanOrEqual(5);
  });

  it('with a server that fails every fifth request', async () => {
    await setMode({ failRatio: 0.2 });
    const args = [
      'run',
      'weighted-tasks.ts',
      ...headless,
      '-u',
      '30',
      '-r',
      'all',
      '-t',
      '3s',
      '--processes',
      '2',
    ];
    const { stdout, exitCode } = await runLoadts([...args, '-H', url]);
    const { total, failed } = api.counts();
    expect(exitCode).toBe(1);
    expect(failed).toBeGreaterThan(0);
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: total, failures: failed });
    expect(stdout).toContain('HTTP 500 Internal Server Error');
    expect(stdout).toContain(`${failed} of ${total} requests failed`);
  });

  it('with checks that fail and checks that accept a 404', async () => {
    const args = [
      'run',
      'response-checks.ts',
      ...headless,
      '-u',
      '10',
      '-r',
      'all',
      '-t',
      '3s',
      '--processes',
      '2',
    ];
    const { stdout, exitCode } = await runLoadts([...args, '-H', url]);
    expect(exitCode).toBe(0);
    expect(reported(stdout)).toEqual(api.counts().requests);
    expect(readSummary(stdout)['Aggregated']?.failures).toBe(0);
  });

  it('with a shape in waves, whose stages it follows', async () => {
    const args = ['run', 'wave-shape.ts', '--headless', '--processes', '2', '-H', url];
    const { stdout, exitCode } = await runLoadts(args, { env: { STAGE_SECONDS: '3' } });
    expect(exitCode).toBe(0);
    expect(reported(stdout)).toEqual(api.counts().requests);
    expect(stdout).toMatch(/up to 80 users/);
  });

  async function setMode(mode: object): Promise<void> {
    const body = JSON.stringify(mode);
    await fetch(`${url}/_sample/mode`, { method: 'POST', body });
  }
});
