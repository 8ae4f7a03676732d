import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, writeScript } from './support/loadts.ts';

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

describe('a user that throws StopRun', () => {
  it('ends the run on all workers, in order and with every request counted', async () => {
    const script = await writeScript(`import { HttpUser, RescheduleTask, StopRun, task } from 'loadts';
export class Visitor extends HttpUser {
  waitTime = () => 0.01;
  #visits = 0;
  @task async visit() {
    await this.client.get('/');
    if (++this.#visits === 20 && this.ordinal === 3) throw new StopRun('sold out');
    if (this.#visits < 5) throw new RescheduleTask();
  }
}`);
    try {
      const args = ['run', script.path, '--headless', '-u', '6', '-r', 'all', '-t', '60s'];
      const { stdout, exitCode } = await runLoadts([...args, '--processes', '2', '-H', url]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Note: the script stopped the run: Visitor 3 in visit: sold out');
      expect(stdout).toContain('Numbers complete: 2 of 2 workers');
      expect(reported(stdout)).toEqual(api.counts().requests);
    } finally {
      await script.remove();
    }
  });
});
