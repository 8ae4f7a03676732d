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

describe('task sets', () => {
  const load = ['--headless', '--only-summary', '-u', '30', '-r', 'all', '-t', '5s', '--processes', '2'];

  it('nest, follow their order and transitions, and are counted request for request', async () => {
    const { stdout, exitCode } = await runLoadts(['run', 'task-sets.ts', ...load, '-H', url]);
    expect(exitCode).toBe(0);
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: api.counts().total, failures: 0 });
    const found = reported(stdout);
    expect(Object.keys(found).sort()).toEqual([
      'GET /status',
      'GET browse: page',
      'GET sign up: done',
      'GET sign up: list',
      'GET wander: home',
      'GET wander: leave',
      'GET wander: users',
      'POST sign up: add',
    ]);
    const { requests } = api.counts();
    expect(requests['POST /users']).toBe(found['POST sign up: add']);
    expect(requests['GET /status']).toBe(
      (found['GET /status'] as number) + (found['GET wander: leave'] as number),
    );
  });

  it('of which tags choose some: exclusion wins', async () => {
    const tags = ['-T', 'write', 'other', '-E', 'read'];
    const { stdout, exitCode } = await runLoadts(['run', 'task-sets.ts', ...load, '-H', url, ...tags]);
    expect(exitCode).toBe(0);
    expect(Object.keys(reported(stdout)).sort()).toEqual([
      'GET sign up: done',
      'GET sign up: list',
      'POST sign up: add',
    ]);
    expect(readSummary(stdout)['Aggregated']?.requests).toBe(api.counts().total);
    const ratio = await runLoadts(['run', 'task-sets.ts', '--show-task-ratio', '--exclude-tags', 'write']);
    expect(ratio.stdout).toMatch(/75\.0 % {2}Browse\n/);
    expect(ratio.stdout).not.toContain('SignUp');
  });

  it('without a task left are an error before anything runs', async () => {
    const { stderr, exitCode } = await runLoadts([
      'run',
      'task-sets.ts',
      '--headless',
      '-H',
      url,
      '-T',
      'wrote',
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--tags wrote leaves no task to Visitor');
    expect(api.counts().total).toBe(0);
  });

  it('warn of tasks that no transition leads to, and refuse transitions to nowhere', async () => {
    const write = (target: string) =>
      writeScript(`import { HttpUser, MarkovTaskSet, transition } from 'loadts';
class Wander extends MarkovTaskSet {
  @transition('home') async home() { await this.client.get('/'); this.interrupt(); }
  @transition('${target}') async lost() {}
}
export class Visitor extends HttpUser { waitTime = () => 0.1; static tasks = [Wander]; }`);
    const scripts = [await write('home'), await write('hom')];
    try {
      const [unreachable, nowhere] = await Promise.all(
        scripts.map(({ path }) =>
          runLoadts(['run', path, '--headless', '-H', url, '-t', '1s', '--processes', '1']),
        ),
      );
      expect(unreachable?.exitCode).toBe(0);
      expect(unreachable?.stderr).toContain('no transition leads to Wander.lost from the first task, home');
      expect(nowhere?.exitCode).toBe(2);
      expect(nowhere?.stderr).toContain('Wander.lost leads to hom, which is no task of Wander');
    } finally {
      for (const { remove } of scripts) await remove();
    }
  });
});
