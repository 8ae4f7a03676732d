import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { type FinishedCommand, runLoadts, writeScript } from './support/loadts.ts';

const USER = `
import { constant, HttpUser, task } from 'loadts';
export class Visitor extends HttpUser {
  waitTime = constant('100ms');
  @task async home() { await this.client.get('/'); }
}`;

let cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const clean of cleanUp.splice(0)) await clean();
});

/** Runs the command on a script with this text, in the script's own folder. */
async function run(code: string, ...args: readonly string[]): Promise<FinishedCommand> {
  const script = await writeScript(code);
  cleanUp.push(script.remove);
  return await runLoadts(['run', 'load.ts', ...args], { cwd: script.folder });
}

describe('bad input gets a clear message and exit code 2, and nothing runs', () => {
  it('names the script that is missing', async () => {
    const { exitCode, stderr } = await runLoadts(['run', 'no-such-script.ts']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no-such-script.ts');
    expect(stderr).toContain('hint:');
  });

  it('shows a syntax error with its file, line, column and the line itself', async () => {
    const code = `import { HttpUser } from 'loadts';\nexport class A extends HttpUser {\n  async home( { }\n}\n`;
    const { exitCode, stderr } = await run(code, '--headless');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/load\.ts:\d+:\d+: /);
    expect(stderr).toMatch(/\n +\^/);
  });

  it('asks for a user class where the script exports none', async () => {
    const { exitCode, stderr } = await run('export const nothing = 1;', '--headless');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('exports no user class');
  });

  it('asks for a task where a class has none', async () => {
    const code = `import { HttpUser } from 'loadts';\nexport class Idle extends HttpUser {}`;
    const { exitCode, stderr } = await run(code, '--headless', '-H', 'http://127.0.0.1:1');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Idle has no task');
  });

  it('shows where a script throws while it is loaded', async () => {
    const { exitCode, stderr } = await run(`${USER}\n\nthrow new Error('no database');`, '--headless');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no database');
    expect(stderr).toContain('load.ts:8:7');
  });

  it('asks for a host', async () => {
    const { exitCode, stderr } = await run(USER, '--headless');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no host for Visitor');
    expect(stderr).toContain('--host');
  });

  it('reports all wrong options at once, each with the value seen', async () => {
    const args = ['--headless', '-u', '-3', '-t', '1h30', '--spwan-rate', '2', '-H', 'localhost:8000'];
    const { exitCode, stderr } = await run(USER, ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"-3"');
    expect(stderr).toContain('"1h30"');
    expect(stderr).toContain('did you mean --spawn-rate?');
    expect(stderr).toContain('did you mean http://localhost:8000?');
  });

  it('reports a broken script together with wrong options', async () => {
    const { exitCode, stderr } = await run('export const = 1;', '-u', '0');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('load.ts:1:14');
    expect(stderr).toContain('--users: "0"');
  });

  it('names the nearest class and shape for an unknown one', async () => {
    const { exitCode, stderr } = await run(
      USER,
      '--headless',
      '--class',
      'Visitr',
      '-H',
      'http://127.0.0.1:1',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean Visitor?');
  });

  it('offers the nearest command', async () => {
    const { exitCode, stderr } = await runLoadts(['rnu', 'load.ts']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean run?');
  });
});

describe('a target that is not there fails the run and says why', () => {
  const args = ['--headless', '-t', '1s', '--processes', '1', '--only-summary'];

  it('for a port where nobody listens', async () => {
    const { exitCode, stdout } = await run(USER, ...args, '-H', 'http://127.0.0.1:9');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('connection refused (ECONNREFUSED)');
    expect(stdout).toContain('no request reached its host');
  });

  it('for a host name that does not resolve', async () => {
    const { exitCode, stdout } = await run(USER, ...args, '-H', 'http://no-such-host.invalid');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('host name not found');
  });
});

describe('a script that throws while it runs', () => {
  let api: ReturnType<typeof createSampleApi>;
  let url: string;

  beforeEach(async () => {
    api = createSampleApi();
    url = await api.listen();
    cleanUp.push(() => api.close());
  });

  const args = ['--headless', '-u', '2', '-r', 'all', '-t', '2s', '--processes', '2', '--only-summary'];

  it('is counted with its stack in the user’s own file, and the user goes on', async () => {
    const code = `
import { constant, HttpUser, task } from 'loadts';
interface Basket { items: string[] }
export class Shopper extends HttpUser {
  waitTime = constant('100ms');
  @task async buy() {
    await this.client.get('/');
    this.pay({} as Basket);
  }
  pay(basket: Basket): number {
    return basket.items.length;
  }
}`;
    const { exitCode, stdout } = await run(code, ...args, '-H', url);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Shopper.buy: TypeError');
    expect(stdout).toMatch(/at Shopper\.pay \(.*load\.ts:11:\d+\)/);
    expect(stdout).toMatch(/at Shopper\.buy \(.*load\.ts:8:\d+\)/);
    expect(stdout).not.toContain('user-loop');
    expect(api.counts().total).toBeGreaterThan(10);
  });

  it('is survived also outside of a task: in a timer or a promise that nobody awaits', async () => {
    const code = `
import { constant, HttpUser, task } from 'loadts';
export class Careless extends HttpUser {
  waitTime = constant('100ms');
  @task async home() {
    setTimeout(() => { throw new Error('too late'); }, 1);
    void this.forget();
    await this.client.get('/');
  }
  async forget() { throw new RangeError('nobody waits'); }
}`;
    const { exitCode, stdout } = await run(code, ...args, '-H', url);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Error: too late');
    expect(stdout).toContain('RangeError: nobody waits');
    expect(stdout).toContain('Numbers complete: 2 of 2 workers');
    expect(api.counts().total).toBeGreaterThan(10);
  });

  it('fails the run where a shape throws, with everything measured so far', async () => {
    const code = `${USER}
import { LoadTestShape } from 'loadts';
export class Broken extends LoadTestShape {
  tick() {
    if (this.getRunTime() > 1.5) throw new Error('no idea');
    return { users: 3, spawnRate: 10 };
  }
}`;
    const { exitCode, stdout } = await run(
      code,
      '--headless',
      '--processes',
      '2',
      '--only-summary',
      '-H',
      url,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('no idea');
    expect(stdout).toMatch(/load\.ts:10:\d+/);
    expect(stdout).toContain('Numbers complete: 2 of 2 workers');
  });
});
