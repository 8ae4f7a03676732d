import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { runLoadts, writeScript } from './support/loadts.ts';

const SCRIPT = `
import { constant, HttpUser, task } from 'loadts';
export const options = { users: 2, spawnRate: 'all', runTime: '1s', headless: true, processes: 1, onlySummary: true };
export class Buyer extends HttpUser {
  static weight = 3;
  waitTime = constant(0.1);
  @task(3) async look() { await this.client.get('/'); }
  @task async buy() { console.log('bought by', this.ordinal); await this.client.get('/users'); }
}
export class Admin extends HttpUser {
  waitTime = constant(0.1);
  @task async status() { await this.client.get('/status'); }
}`;

let api: ReturnType<typeof createSampleApi>;
let script: Awaited<ReturnType<typeof writeScript>>;
let url: string;

beforeAll(async () => {
  api = createSampleApi();
  url = await api.listen();
  script = await writeScript(SCRIPT);
});

afterAll(async () => {
  await api.close();
  await script.remove();
});

describe('configuration', () => {
  it('comes from the script, the file, the environment and the command line, the last one winning', async () => {
    const cwd = script.folder;
    const file = join(cwd, 'loadts.config.json');
    const users = async (env: Record<string, string>, ...args: string[]): Promise<string | undefined> => {
      const { stdout } = await runLoadts(['run', '-H', url, ...args], { cwd, env });
      return /up to (\d+) users/.exec(stdout)?.[1];
    };
    expect(await users({})).toBe('2');
    await writeFile(file, JSON.stringify({ users: 3 }));
    expect(await users({})).toBe('3');
    expect(await users({ LOADTS_USERS: '4' })).toBe('4');
    expect(await users({ LOADTS_USERS: '4' }, '-u', '5')).toBe('5');
  });

  it('lists the user classes', async () => {
    const { stdout, exitCode } = await runLoadts(['run', script.path, '--list']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('User classes:\n  Admin\n  Buyer\n');
  });

  it('shows how often each task will run', async () => {
    const { stdout, exitCode } = await runLoadts(['run', script.path, '--show-task-ratio', '-u', '8']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/75\.0 % +Buyer \(6 of 8 users\)/);
    expect(stdout).toMatch(/75\.0 % +look/);
  });

  it('runs the chosen classes alone', async () => {
    const before = api.counts().requests['GET /'] ?? 0;
    const { stdout } = await runLoadts(['run', script.path, '-H', url, '--class', 'Admin']);
    expect(stdout).toContain('/status');
    expect(api.counts().requests['GET /'] ?? 0).toBe(before);
  });

  it('shows what scripts print as log lines with their worker', async () => {
    // With this seed, the first user soon picks its rarer task.
    const args = ['run', script.path, '-H', url, '--log-format', 'pretty', '--seed', '2'];
    const { stderr, stdout } = await runLoadts(args);
    expect(stderr).toMatch(/info +worker 1: bought by 0/);
    expect(stdout).not.toContain('bought by');
  });

  it('writes logs as JSON where nobody watches', async () => {
    const { stderr } = await runLoadts(['run', script.path, '-H', url]);
    const [first] = stderr.trim().split('\n');
    expect(JSON.parse(first as string)).toMatchObject({
      level: 30,
      msg: expect.stringContaining('starting'),
    });
  });

  it('prints help and version', async () => {
    const help = await runLoadts(['run', '--help']);
    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain('--spawn-rate');
    const version = await runLoadts(['--version']);
    expect(version).toMatchObject({ exitCode: 0, stdout: '0.1.0\n' });
  });
});
