import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { ContainerCluster, type LoadtsContainer } from './container-cluster.ts';
import { docker, dockerRun } from './docker.ts';
import { LOADTS_IMAGE } from './images.ts';

describe.skipIf(!inject('hasEngine'))('a master in a container', () => {
  let cluster: ContainerCluster;

  beforeEach(async () => {
    cluster = await ContainerCluster.start();
  });

  afterEach(() => cluster.close());

  async function readReport(name: string): Promise<string[]> {
    const mount = ['--volume', `${cluster.reports}:/reports`];
    const { output } = await dockerRun(...mount, '--entrypoint', 'cat', LOADTS_IMAGE, `/reports/${name}`);
    return output.trim().split('\r\n');
  }

  it('that is stopped leaves complete reports in its volume and lets its workers go', async () => {
    const files = ['--csv', '/reports/run', '--html', '/reports/run.html'];
    const master = await cluster.master('-t', '10m', ...files, '--expect-workers', '2');
    const workers = await Promise.all([cluster.worker(), cluster.worker()]);
    await master.printed('    4s  running');
    await docker('stop', '--time', '30', master.id);
    expect(await master.ended()).toBe(0);
    for (const worker of workers) expect(await worker.ended()).toBe(0);

    const { total } = await cluster.counts();
    const stats = await readReport('run_stats.csv');
    expect(stats[0]).toMatch(/^Type,Name,Request Count,Failure Count,/);
    expect(stats.at(-1)).toMatch(new RegExp(`^,Aggregated,${total},0,`));
    expect(stats).toHaveLength(1 + workers.length + 1);
    expect((await readReport('run_stats_history.csv')).length).toBeGreaterThan(4);
    expect(await readReport('run_failures.csv')).toEqual([
      'Method,Name,Error,Occurrences,First Seen,Last Seen',
    ]);
    expect(await readReport('run_exceptions.csv')).toHaveLength(1);
    const page = (await readReport('run.html')).join('\n');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toMatch(/<\/html>$/);
  });

  it('that hangs is unhealthy, and healthy again when it answers', async () => {
    const master = await cluster.master();
    const worker = await cluster.worker();
    expect(await health(worker)).toBe('healthy');
    expect(await health(master)).toBe('healthy');
    await docker('kill', '--signal', 'STOP', master.id);
    expect(await health(master)).toMatch(/no answer on port 5557/);
    await docker('kill', '--signal', 'CONT', master.id);
    expect(await health(master)).toBe('healthy');
  });
});

/** What the health check of the image says, without the wait for its turn. */
async function health({ id }: LoadtsContainer): Promise<string> {
  return await docker('exec', id, 'node', '/opt/loadts/healthcheck.mjs').then(
    () => 'healthy',
    (error: unknown) => String(error),
  );
}
