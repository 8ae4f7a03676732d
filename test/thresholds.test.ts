import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { runLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;

const SCRIPT = `
import { constant, HttpUser, stages, tag, task } from 'loadts';

export const profiles = { strict: { users: 2, runTime: '1s', threshold: 'max < 1us' } };

export class Visitor extends HttpUser {
  waitTime = constant(0.02);
  @tag('main') @task async home() { await this.client.get('/'); }
  @task async missing() { await this.client.get('/nowhere'); }
}

export const Rush = stages([
  { duration: 1, users: 1, spawnRate: 'all', name: 'calm' },
  { duration: 2, users: 4, spawnRate: 'all', name: 'rush' },
]);
`;

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  await api.close();
  await script.remove();
});

const run = (...options: readonly string[]): ReturnType<typeof runLoadts> =>
  runLoadts(['run', script.path, '--headless', '-H', url, '--allow-overload', ...options]);

const thresholds = (...texts: readonly string[]): string[] => texts.flatMap((text) => ['--threshold', text]);

describe('the thresholds of a run', () => {
  it('decide alone whether it passes: failed requests are allowed where they say so', async () => {
    const { exitCode, stdout } = await run(
      ...thresholds('errors < 90%', 'p99{name="/"} < 20s', 'rps > 1', 'requests{stage="rush"} > 10'),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('pass  errors < 90%: errors was');
    expect(stdout).toContain('pass  requests{stage="rush"} > 10: requests was');
    expect(stdout).toContain('Verdict: PASS');
  });

  it('fail it with exit code 1, also where a name never came', async () => {
    const { exitCode, stdout } = await run(
      ...thresholds('errors < 1%', 'p95{name="/cart"} < 1s', 'p50 < 20s'),
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('FAIL  errors < 1%: errors was');
    expect(stdout).toContain('FAIL  p95{name="/cart"} < 1s: no request matched {name="/cart"}');
    expect(stdout).toContain('pass  p50 < 20s');
  });

  it('can look at the requests of a tag or a user class', async () => {
    const { exitCode, stdout } = await run(
      ...thresholds(
        'errors{tag="main"} < 1%',
        'errors{class="Visitor", name="/nowhere"} > 99%',
        'requests{class="Visitor"} > 20',
        'p95{tag="none"} < 1s',
      ),
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('pass  errors{tag="main"} < 1%: errors was 0 %');
    expect(stdout).toContain('pass  errors{class="Visitor", name="/nowhere"} > 99%: errors was 100 %');
    const [, all] = /requests\{class="Visitor"\} > 20: requests was (\d+)/.exec(stdout) ?? [];
    expect(all).toBe(/Aggregated +(\d+)/.exec(stdout)?.[1]);
    expect(stdout).toContain('FAIL  p95{tag="none"} < 1s: no request matched {tag="none"}');
    expect(stdout).toContain('Numbers complete: ');
  });

  it('can end it early', async () => {
    const { exitCode, stdout } = await run('--stages', '60s:20', ...thresholds('errors < 1% abort'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Note: the threshold errors < 1% abort ended the run: errors was');
    expect(stdout).not.toMatch(/^1m0?0?s? from/m);
  });

  it('that cannot be read are all reported before the run, with their places', async () => {
    const { exitCode, stderr } = await run(...thresholds('p95 < 300', 'p59x < 1s'));
    expect([exitCode, api.counts().total]).toEqual([2, 0]);
    expect(stderr).toContain('p95 < 300');
    expect(stderr).toContain('p59x < 1s');
    expect(stderr).toContain('^');
  });

  it('make a run invalid in which loadts itself was the limit', async () => {
    const burner = await writeScript(`
import { HttpUser, task } from 'loadts';
export class Burner extends HttpUser {
  @task async burn() {
    const end = performance.now() + 30;
    while (performance.now() < end);
    await this.client.get('/');
  }
}
`);
    const args = ['run', burner.path, '--headless', '-H', url, '-u', '5', '-r', 'all', '-t', '5s'];
    const { exitCode, stdout } = await runLoadts([...args, '--processes', '1', ...thresholds('errors < 1%')]);
    await burner.remove();
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/Verdict: INVALID, worker 1 was the limit in \d of \d seconds/);
  });
});

describe('the load of a run', () => {
  it('can be given as stages, which end it', async () => {
    const { stdout } = await run('--stages', '1s:3,1s:0', '--threshold', 'errors < 90%');
    expect(stdout).toContain('up to 3 users');
    expect(stdout).toMatch(/^2s from/m);
  });

  it('can be a ready-made profile, made to measure', async () => {
    const { stdout, exitCode } = await run(
      '--profile',
      'spike',
      '-u',
      '10',
      '-t',
      '2s',
      '--threshold',
      'rps > 0',
    );
    expect(stdout).toContain('up to 10 users');
    expect(exitCode).toBe(0);
  });

  it('can be a profile of the script, with its thresholds', async () => {
    const { stdout, exitCode } = await run('--profile', 'strict', '--shape', 'Rush');
    expect(stdout).toContain('FAIL  max < 1us');
    expect(exitCode).toBe(1);
    const { stderr } = await run('--profile', 'strikt');
    expect(stderr).toContain('there is no profile "strikt"');
    expect(stderr).toContain('did you mean strict?');
  });

  it('have the time to the first byte measured where one asks for it', async () => {
    const quick = ['-t', '1s', '-u', '2', '-r', 'all'];
    const { exitCode, stdout } = await run(
      ...quick,
      ...thresholds('ttfb.p95 < 20s', 'ttfb.max{tag="main"} < 20s', 'errors <= 100%'),
    );
    expect(exitCode).toBe(0);
    const [, table = ''] = stdout.split('Time to first byte percentiles, in milliseconds');
    expect(table).toMatch(/^GET +\/nowhere +[\d.]+ /m);
    const without = await run(...quick, ...thresholds('errors <= 100%'));
    expect(without.stdout).not.toContain('first byte');
  });

  it('leaves the warm-up out of the numbers where that is asked for', async () => {
    const load = ['--stages', '2s:2,1s:2', '--warmup', '2s'];
    const { stdout, exitCode } = await run(...load, '--reset-stats', ...thresholds('errors < 90%'));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('the first 2 s are not in these numbers');
    const printed = Number(/Aggregated +(\d+)/.exec(stdout)?.[1]);
    expect(printed).toBeGreaterThan(10);
    expect(printed).toBeLessThan(0.7 * api.counts().total);
  });
});
