import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { ContainerResult } from './docker.ts';
import { API_IMAGE, LOADTS_IMAGE } from './images.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);
const command = await findCompose();
if (inject('hasEngine') && command === undefined) {
  process.stdout.write('the test of docker-compose.yml is skipped: there is no Docker Compose\n');
}

/** Of version 2, else of version 1. */
async function findCompose(): Promise<readonly [string, ...string[]] | undefined> {
  for (const [program, ...args] of [['docker', 'compose'] as const, ['docker-compose'] as const]) {
    const found = await execute(program, [...args, 'version']).catch(() => undefined);
    if (found) return [program, ...args];
  }
  return undefined;
}

describe.skipIf(!inject('hasEngine') || command === undefined)('docker-compose.yml', () => {
  let project: string;

  beforeEach(() => {
    project = `loadts-${randomBytes(4).toString('hex')}`;
  });

  afterEach(async () => {
    await compose({}, 'down', '--volumes');
  });

  function compose(
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<ContainerResult> {
    const [program, ...first] = command ?? [''];
    const images = { LOADTS_IMAGE, SAMPLE_API_IMAGE: API_IMAGE };
    const options = { cwd: ROOT, env: { ...process.env, ...images, ...env }, maxBuffer: 2 ** 26 };
    return new Promise((resolve) => {
      execFile(program, [...first, '-p', project, ...args], options, (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code), output: stdout + stderr });
      });
    });
  }

  function up(env: Readonly<Record<string, string>>): Promise<ContainerResult> {
    const load = { LOADTS_HEADLESS: 'true', LOADTS_RUN_TIME: '5s', LOADTS_SPAWN_RATE: 'all' };
    return compose(
      { ...load, ...env },
      'up',
      '--no-color',
      '--scale',
      'worker=4',
      '--exit-code-from',
      'master',
    );
  }

  it('ends with 0 where the run passed, with as many requests as the target has answered', async () => {
    const { exitCode, output } = await up({ LOADTS_EXPECT_WORKERS: '4' });
    expect(output).toContain('Numbers complete: 4 of 4 workers');
    expect(exitCode).toBe(0);
    const [, answered] = /answered (\d+) requests, 0 of them/.exec(await logsOf('sample-api')) ?? [];
    expect(Number(answered)).toBeGreaterThan(0);
    expect(output).toMatch(new RegExp(`Aggregated +${answered} `));
  });

  it('ends with 1 where a threshold failed', async () => {
    expect((await up({ LOADTS_THRESHOLD: 'p95 < 1us', LOADTS_ALLOW_OVERLOAD: 'true' })).exitCode).toBe(1);
  });

  async function logsOf(service: string): Promise<string> {
    return (await compose({}, 'logs', service)).output;
  }
});
