import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, writeScript } from './support/loadts.ts';
import { type Cluster, createCluster } from './support/run-cluster.ts';

const pem = (name: string): string =>
  fileURLToPath(new URL(`../packages/worker/src/http/test-certificates/${name}.pem`, import.meta.url));

let api: ReturnType<typeof createSampleApi>;
let cluster: Cluster;
let load: readonly string[];

beforeEach(async () => {
  api = createSampleApi();
  load = ['no-wait.ts', '-u', '6', '-r', 'all', '-t', '2s', '-H', await api.listen()];
  cluster = await createCluster();
});

afterEach(async () => {
  await cluster.close();
  await api.close();
});

/** Every request that the target has served, as the report counts them. */
function reported(stdout: string): number {
  return readSummary(stdout)['Aggregated']?.requests ?? 0;
}

describe('a master and workers in processes of their own', () => {
  it('find each other in any order, run the script of the master and leave together', async () => {
    const early = cluster.worker('--processes', '2');
    await early.printed('waiting for the master');
    const master = cluster.master(...load, '--expect-workers', '3');
    await master.printed('2 of 3 workers');
    const late = cluster.worker();
    const { exitCode, stdout } = await master.finished;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Numbers complete: 3 of 3 workers');
    expect(reported(stdout)).toBe(api.counts().total);
    expect((await early.finished).exitCode).toBe(0);
    expect((await late.finished).exitCode).toBe(0);
  });

  it('gives up with exit code 4 where too few come, and the worker waits on until Ctrl-C', async () => {
    const worker = cluster.worker();
    const master = cluster.master(...load, '--expect-workers', '2', '--expect-workers-max-wait', '4s');
    await master.printed('1 of 2 workers');
    const { exitCode, stderr } = await master.finished;
    expect(exitCode).toBe(4);
    expect(stderr).toContain('error: 1 of 2 workers came within 4 s');
    expect(api.counts().total).toBe(0);
    expect((await worker.finished).exitCode).toBe(0);
    const waiting = cluster.worker();
    await waiting.printed('waiting for the master');
    waiting.process.kill('SIGINT');
    expect((await waiting.finished).exitCode).toBe(0);
  });

  it('refuse each other where their tokens differ', async () => {
    const master = cluster.master(...load, '--token', 'one');
    await master.printed('0 of 1 workers');
    const { exitCode, stderr } = await cluster.worker('--token', 'other').finished;
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: the master does not know the token of this worker');
    master.process.kill('SIGTERM');
    expect((await master.finished).exitCode).toBe(143);
  });

  it('are told where the script fails on a worker only', async () => {
    const script = await writeScript(
      `if (process.send) throw new Error('no database here');\nexport { Hammer } from '${fileURLToPath(new URL('../examples/no-wait.ts', import.meta.url))}';`,
    );
    const worker = cluster.worker();
    const master = cluster.master(script.path, ...load.slice(1));
    const { exitCode, stderr } = await master.finished;
    await script.remove();
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'error: worker 1 could not load the script: the script threw while it was loaded',
    );
    expect(stderr).toMatch(/no database here\n.*load\.ts:1/);
    expect((await worker.finished).exitCode).toBe(0);
    expect(api.counts().total).toBe(0);
  });

  it('speak TLS where the master has a certificate that the worker trusts', async () => {
    const tls = ['--tls-cert', pem('localhost.cert'), '--tls-key', pem('key')];
    const master = cluster.master(...load, '-t', '1s', ...tls, '--token', 'secret');
    await master.printed('0 of 1 workers');
    const stranger = cluster.worker('--token', 'secret', '--tls-ca', pem('self-signed.cert'));
    const { exitCode, stderr } = await stranger.finished;
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: no TLS with the master');
    expect(stderr).toContain('hint: give --tls-ca');
    const worker = cluster.worker(
      '--master-host',
      'localhost',
      '--token',
      'secret',
      '--tls-ca',
      pem('ca.cert'),
    );
    const { exitCode: passed, stdout } = await master.finished;
    expect(passed).toBe(0);
    expect(stdout).toContain('Numbers complete: 1 of 1 worker');
    expect((await worker.finished).exitCode).toBe(0);
  });

  it('prints a command for other machines where the master is open to them', async () => {
    const master = cluster.master(...load, '-t', '1s', '--master-bind-host', '0.0.0.0');
    await master.printed('--token ');
    await master.printed('0 of 1 workers');
    const { stderr } = await cluster.worker().finished;
    expect(stderr).toContain('the master does not know the token of this worker');
    master.process.kill('SIGTERM');
    const { stdout } = await master.finished;
    const command = /loadts worker --master-host \S+ --master-port (\d+) --token [0-9a-f]{48}\n/.exec(stdout);
    expect(command?.[1]).toBe(String(cluster.port));
  });
});

describe('workers that come and go', () => {
  it('take their share when they come late', async () => {
    const first = cluster.worker();
    const master = cluster.master(...load, '-t', '60s');
    await master.printed('    2s  running');
    const second = cluster.worker();
    // Each user signs up once: 6 at first, 3 again that moved.
    await expect.poll(() => api.counts().requests['POST /users'], { timeout: 20_000 }).toBe(9);
    master.process.kill('SIGINT');
    const { exitCode, stdout } = await master.finished;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Numbers complete: 2 of 2 workers');
    expect(reported(stdout)).toBe(api.counts().total);
    expect(api.counts().requests['POST /users']).toBe(9);
    await Promise.all([first.finished, second.finished]);
  });

  it('leave in order on SIGTERM: nothing is lost, and the others take over', async () => {
    const staying = cluster.worker();
    const leaving = cluster.worker();
    const master = cluster.master(...load, '-t', '60s', '--expect-workers', '2');
    await master.printed('    2s  running');
    leaving.process.kill('SIGTERM');
    expect((await leaving.finished).exitCode).toBe(0);
    await expect.poll(() => api.counts().requests['POST /users']).toBe(9);
    master.process.kill('SIGINT');
    const { exitCode, stdout, stderr } = await master.finished;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('has left');
    expect(stdout).toContain('Numbers complete: 2 of 2 workers');
    expect(reported(stdout)).toBe(api.counts().total);
    expect((await staying.finished).exitCode).toBe(0);
  });
});

describe('a master that is gone', () => {
  it('ends the load: a worker whose master was killed stops by itself', async () => {
    const worker = cluster.worker();
    const master = cluster.master(...load, '-t', '60s');
    await master.printed('    2s  running');
    master.process.kill('SIGKILL');
    await delay(5_500);
    const { total } = api.counts();
    await delay(1_000);
    expect(api.counts().total).toBe(total);
    expect(worker.process.exitCode).toBeNull();
  });
});
