import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
});

afterEach(() => api.close());

it('a run on three workers tells --max-entries names apart and counts all others as (other)', async () => {
  const script = await writeScript(`
import { HttpUser, StopUser, task } from 'loadts';

export class Wanderer extends HttpUser {
  step = 0;

  @task async look() {
    await this.client.get('/users', { name: '/page ' + ((this.step * 7 + this.ordinal * 13) % 50) });
    if (++this.step === 100) throw new StopUser();
  }
}
`);
  const args = ['run', script.path, '--headless', '--only-summary', '-H', url, '--processes', '3'];
  const load = ['-u', '9', '-r', 'all', '-i', '900', '--max-entries', '10'];
  const { stdout, exitCode } = await runLoadts([...args, ...load]);
  await script.remove();
  const { Aggregated: total, '(other)': other, ...named } = readSummary(stdout);
  expect(exitCode).toBe(0);
  expect(api.counts().total).toBe(900);
  expect(total).toEqual({ requests: 900, failures: 0 });
  const requests = Object.values(named).reduce((sum, entry) => sum + entry.requests, other?.requests ?? 0);
  expect([Object.keys(named).length, requests]).toEqual([10, 900]);
  expect(stdout).toContain('more than 10 names: the rest is counted as (other)');
  expect(stdout).toContain('Numbers complete: 3 of 3 workers');
});
