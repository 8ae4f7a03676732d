import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;

const SCRIPT = `
import { constant, HttpUser, task } from 'loadts';

export class Visitor extends HttpUser {
  waitTime = constant(0.02);
  @task(3) async home() { await this.client.get('/'); }
  @task async missing() { await this.client.get('/nowhere'); }
  @task async broken() { throw new Error('no stock'); }
}
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

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('the JSON of a run', () => {
  it('agrees with the summary, the server and itself', async () => {
    const path = join(script.folder, 'out', 'run.json');
    const args = ['run', script.path, '--headless', '-H', url, '-u', '4', '-r', '4', '-t', '3s'];
    const { stdout, exitCode } = await runLoadts([...args, '--processes', '2', '--json', path]);
    const result = JSON.parse(await readFile(path, 'utf8'));
    const { total, entries, series } = result;
    const printed = readSummary(stdout);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Files: ${path}`);
    expect(total.requests).toBe(api.counts().total);
    expect([total.requests, total.failures]).toEqual([
      printed['Aggregated']?.requests,
      printed['Aggregated']?.failures,
    ]);
    expect(sum(series.requests)).toBe(total.requests);
    expect(sum(series.failures)).toBe(total.failures);
    expect(sum(series.started)).toBe(total.counts.started);
    expect(total.latency.count).toBe(total.requests);
    for (const { method, name, requests, latency } of entries) {
      const own = series.entries.find((candidate: { name: string }) => candidate.name === name);
      expect(requests).toBe(printed[`${method} ${name}`]?.requests);
      expect(sum(own.requests)).toBe(requests);
      expect(sum(latency.buckets.filter((_: number, i: number) => i % 2 === 1))).toBe(requests);
    }
    expect(result).toMatchObject({
      format: 'loadts-result',
      version: 1,
      script: script.path,
      verdict: { kind: 'fail' },
      options: { users: 4, runTimeMs: 3_000 },
      workers: [{ id: 1 }, { id: 2 }],
      workerSeries: [{ workerId: 1 }, { workerId: 2 }],
      classes: [{ name: 'Visitor', tasks: [{ name: 'home', share: 0.6 }, {}, {}] }],
      failures: [{ key: { method: 'GET', name: '/nowhere' } }],
      exceptions: [{ userClass: 'Visitor', task: 'broken', message: expect.stringContaining('no stock') }],
    });
    expect(result.failures[0].count).toBe(total.failures);
    expect(result.scriptHash).toMatch(/^[0-9a-f]{64}$/);
    expect(result.workerSeries[0].users).toContain(2);
  });

  it('is refused before the run where it cannot be written', async () => {
    const path = join(script.path, 'run.json');
    const args = ['run', script.path, '--headless', '-H', url, '--json', path];
    const { exitCode, stderr } = await runLoadts(args);
    expect([exitCode, api.counts().total]).toEqual([2, 0]);
    expect(stderr).toContain(`cannot write ${path}`);
    expect(stderr).toContain('give --json a file in a folder that can be written');
  });
});
