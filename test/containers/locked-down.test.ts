import { cpus } from 'node:os';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ContainerCluster } from './container-cluster.ts';
import { dockerRun } from './docker.ts';
import { LOADTS_IMAGE } from './images.ts';

describe.skipIf(!inject('hasEngine'))('a container with loadts', () => {
  let cluster: ContainerCluster;
  let load: readonly string[];

  beforeAll(async () => {
    cluster = await ContainerCluster.start();
    load = ['run', 'http://sample-api:8000/', '--headless', '-u', '2', '-r', 'all', '-t', '2s'];
  });

  afterAll(() => cluster.close());

  it('runs as any user, on a read-only file system, without a capability', async () => {
    const limits = [
      '--read-only',
      '--user',
      '10001',
      '--cap-drop',
      'ALL',
      '--security-opt',
      'no-new-privileges',
    ];
    const before = (await cluster.counts()).total;
    const { exitCode, output } = await dockerRun(
      ...limits,
      '--network',
      cluster.target,
      LOADTS_IMAGE,
      ...load,
    );
    expect(exitCode).toBe(0);
    const total = (await cluster.counts()).total - before;
    expect(total).toBeGreaterThan(0);
    expect(output).toMatch(new RegExp(`Aggregated +${total} `));
  });

  it.skipIf(cpus().length < 2)('starts a process for each CPU that it may use', async () => {
    const network = ['--network', cluster.target, LOADTS_IMAGE, ...load, '--processes', 'auto'];
    expect((await dockerRun('--cpus', '1', ...network)).output).toContain(' on 1 worker,');
    expect((await dockerRun('--cpus', '2', ...network)).output).toContain(' on 2 workers,');
  });

  it('belongs to nobody special, and says what it takes', async () => {
    const { output } = await dockerRun('--entrypoint', 'id', LOADTS_IMAGE, '-u');
    expect(output.trim()).toBe('1000');
    expect((await dockerRun(LOADTS_IMAGE)).output).toContain('Usage: loadts');
    expect((await dockerRun(LOADTS_IMAGE, 'rnu', 'load.ts')).exitCode).toBe(2);
  });
});
