import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { readSummary } from '../support/loadts.ts';
import { ContainerCluster, type LoadtsContainer } from './container-cluster.ts';
import { docker } from './docker.ts';

const TROUBLE_MS = 6_000;
const REQUESTS_PER_SECOND = 6 * 15;

describe.skipIf(!inject('hasEngine'))('workers in containers', () => {
  let cluster: ContainerCluster;
  let master: LoadtsContainer;
  let workers: readonly LoadtsContainer[];

  beforeEach(async () => {
    cluster = await ContainerCluster.start();
    master = await cluster.master('-t', '10m', '--expect-workers', '3');
    workers = await Promise.all([cluster.worker(), cluster.worker(), cluster.worker()]);
    await master.printed('    2s  running');
  });

  afterEach(() => cluster.close());

  async function stop(): Promise<number> {
    await docker('kill', '--signal', 'TERM', master.id);
    const exitCode = await master.ended();
    await master.printed('Verdict: ');
    return exitCode;
  }

  /** Requests that the target has answered to a worker and the report does not have. */
  async function unreported(worker: LoadtsContainer): Promise<number> {
    const entries = readSummary(master.output());
    const { workers: served } = await cluster.counts();
    return (served[worker.hostname] ?? 0) - (entries[`GET ${worker.hostname}`]?.requests ?? 0);
  }

  it('that are killed lose at most their last two seconds, and others join for them', async () => {
    const [killed, ...others] = workers as [LoadtsContainer, ...LoadtsContainer[]];
    await docker('kill', killed.id);
    await master.printed('lost: ');
    const late = await cluster.worker();
    await expect
      .poll(async () => (await cluster.counts()).workers[late.hostname] ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(REQUESTS_PER_SECOND / 3);
    expect(await stop()).toBe(4);
    expect(master.output()).toContain('nothing collected from second');
    for (const worker of [...others, late]) expect(await unreported(worker)).toBe(0);
    expect(await unreported(killed)).toBeGreaterThanOrEqual(0);
    expect(await unreported(killed)).toBeLessThanOrEqual((2 * REQUESTS_PER_SECOND) / 3 + 2);
  });

  it.each<
    [string, (worker: LoadtsContainer) => Promise<unknown>, (worker: LoadtsContainer) => Promise<unknown>]
  >([
    ['frozen', ({ id }) => docker('pause', id), ({ id }) => docker('unpause', id)],
    ['cut off', (worker) => cluster.disconnect(worker), (worker) => cluster.reconnect(worker)],
  ])('that are %s for 6 s come back and deliver: nothing is lost or counted twice', async (_, begin, end) => {
    const [troubled] = workers as [LoadtsContainer];
    await begin(troubled);
    await delay(TROUBLE_MS);
    expect(master.output()).toContain('nothing heard for 4 s');
    await end(troubled);
    await master.printed('is back and delivers what it has');
    await delay(3_000);
    expect(await stop()).toBe(0);
    expect(master.output()).toContain('Numbers complete');
    for (const worker of workers) expect(await unreported(worker)).toBe(0);
    const { total } = await cluster.counts();
    expect(readSummary(master.output())['Aggregated']?.requests).toBe(total);
    expect(total).toBeGreaterThan(REQUESTS_PER_SECOND);
  });
});
