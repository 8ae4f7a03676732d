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

describe('loadts run URL', () => {
  it('gets that URL and reports exactly what the server counted', async () => {
    const args = ['run', `${url}/users?page=1`, '-u', '20', '-r', 'all', '-t', '2s', '--processes', '2'];
    const { stdout, exitCode } = await runLoadts(args, { env: { LOADTS_HOST: 'http://127.0.0.1:1' } });
    const { total, requests } = api.counts();
    expect(exitCode).toBe(0);
    expect(requests).toEqual({ 'GET /users': total });
    expect(total).toBeGreaterThan(100);
    expect(readSummary(stdout)).toEqual({
      'GET /users': { requests: total, failures: 0 },
      Aggregated: { requests: total, failures: 0 },
    });
    expect(stdout).toContain('up to 20 users');
  });

  it('runs until Ctrl-C without -t, with the whole report', async () => {
    const command = startLoadts(['run', `${url}/status`, '--processes', '1']);
    await command.printed('    2s  running');
    command.process.kill('SIGINT');
    const { stdout, exitCode } = await command.finished;
    expect(exitCode).toBe(0);
    expect(readSummary(stdout)['GET /status']).toEqual({ requests: api.counts().total, failures: 0 });
  });

  it('fails where the URL does', async () => {
    const { stdout, exitCode } = await runLoadts(['run', `${url}/missing`, '-t', '1s', '--processes', '1']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('HTTP 404 Not Found');
    expect(readSummary(stdout)['GET /missing']?.failures).toBe(api.counts().total);
  });

  it('reports a wrong URL together with wrong options, and runs nothing', async () => {
    const { stderr, exitCode } = await runLoadts(['run', 'http:/127.0.0.1:1/a', '--user', '5']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean http://127.0.0.1:1/a?');
    expect(stderr).toContain('did you mean --users?');
  });
});
