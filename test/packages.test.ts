import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary } from './support/loadts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PUBLISHED = ['core', 'protocol', 'worker', 'master', 'web', 'loadts'];
const TSC = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];

const SCRIPT = `
import { between, type CheckedResponse, HttpUser, LoadTestShape, type ShapeTick, task } from 'loadts';

export class Visitor extends HttpUser {
  static override weight = 2;
  override waitTime = between(0.01, '20ms');

  @task(3)
  async openHome(): Promise<void> {
    const response = await this.client.get('/', { name: 'home', query: { page: 1 }, timeout: '5s' });
    response.json<{ message: string }>().message.toUpperCase();
  }

  @task
  async createUser(): Promise<void> {
    const check = (response: CheckedResponse) => response.status === 201;
    await this.client.post('/users', { json: { name: 'Ada' }, check });
  }
}

export class Wave extends LoadTestShape {
  tick(): ShapeTick | null {
    return this.getRunTime() < 1 ? { users: 5, spawnRate: 5 } : null;
  }
}
`;

const MISTAKES = `
import { between, HttpUser, type RunOptionsInput, task, type User } from 'loadts';

export class Mistaken extends HttpUser {
  // @ts-expect-error two numbers of seconds, no list
  override waitTime = between([1, 3]);

  // @ts-expect-error a weight is a number
  @task('often')
  async openHome(): Promise<void> {
    // @ts-expect-error an option that does not exist
    await this.client.get('/', { qeury: { page: 1 } });
    // @ts-expect-error a duration is a number of seconds or text
    await this.client.get('/', { timeout: true });
    // @ts-expect-error a check returns true, false or a reason
    await this.client.get('/', { check: () => 5 });
    // @ts-expect-error nobody knows what the body holds
    (await this.client.get('/')).json().message;
  }
}

// @ts-expect-error an option that does not exist
export const options = { users: 5, runtime: '5m' } satisfies RunOptionsInput;

// @ts-expect-error only an HttpUser has a client
export const client = (user: User) => user.client;
`;

const execute = promisify(execFile);
let folder: string;
let tarballs: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadts-packages-'));
  const { packageManager } = await readJson(join(ROOT, 'package.json'));
  const filters = PUBLISHED.flatMap((name) => ['--filter', `./packages/${name}`]);
  const pack = ['-r', ...filters, 'pack', '--pack-destination', folder];
  await execute('npx', ['-y', String(packageManager), ...pack], { cwd: ROOT });
  tarballs = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await writeFile(join(folder, 'load.ts'), SCRIPT);
  await writeFile(join(folder, 'mistakes.ts'), MISTAKES);
  const quickly = ['--no-audit', '--no-fund', '--prefer-offline'];
  await execute('npm', ['install', ...quickly, ...tarballs.map((name) => `./${name}`)], { cwd: folder });
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the packages, packed', () => {
  it('are all there are to publish, but for private ones', async () => {
    const names = await readdir(join(ROOT, 'packages'));
    const manifests = await Promise.all(
      names.map((name) => readJson(join(ROOT, 'packages', name, 'package.json'))),
    );
    const isPublic = names.filter((_, index) => manifests[index]?.['private'] !== true);
    expect(isPublic.toSorted()).toEqual(PUBLISHED.toSorted());
    expect(tarballs).toHaveLength(PUBLISHED.length);
  });

  it.each(PUBLISHED)('hold what their manifest promises: %s', async (name) => {
    const tarball = await readFile(join(folder, tarballOf(name)));
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: new Uint8Array(tarball).buffer },
    });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  it.concurrent.each(PUBLISHED)('have types that every ESM resolution finds: %s', async (name) => {
    const attw = join(ROOT, 'node_modules/.bin/attw');
    const { stdout } = await execute(attw, [tarballOf(name), '--profile', 'esm-only', '--format', 'json'], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toMatchObject({ analysis: { types: { kind: 'included' } } });
  });

  it.each(PUBLISHED)('have a licence, a readme and no tests or build state: %s', async (name) => {
    const installed = join(folder, 'node_modules', name === 'loadts' ? name : `@loadts/${name}`);
    const files = await readdir(installed, { recursive: true });
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']),
    );
    expect(files.filter((file) => /\.(test|case)\.|tsbuildinfo|node_modules/.test(file))).toEqual([]);
  });
});

describe('loadts, installed by npm into an empty folder', () => {
  it('says its version', async () => {
    const { version } = await readJson(join(ROOT, 'packages/loadts/package.json'));
    const { stdout } = await execute('npx', ['loadts', '--version'], { cwd: folder });
    expect(stdout).toBe(`${String(version)}\n`);
  });

  it('runs a script, which finds it by name', async () => {
    const api = createSampleApi();
    const host = await api.listen();
    try {
      const run = [
        'loadts',
        'run',
        'load.ts',
        '--headless',
        '--host',
        host,
        '-u',
        '5',
        '-r',
        'all',
        '-t',
        '1s',
      ];
      const { stdout } = await execute('npx', [...run, '--processes', '2'], {
        cwd: folder,
      });
      expect(readSummary(stdout)['Aggregated']).toEqual({ requests: api.counts().total, failures: 0 });
      expect(api.counts().total).toBeGreaterThan(0);
    } finally {
      await api.close();
    }
  });

  it('writes a first script, which an editor accepts and npm test runs', async () => {
    const demo = join(folder, 'demo');
    await execute('npx', ['loadts', 'init', 'demo'], { cwd: folder });
    await execute(join(ROOT, 'node_modules/.bin/tsc'), ['-p', demo]);
    const api = createSampleApi();
    const host = await api.listen();
    try {
      const quickly = ['--host', host, '--spawn-rate', 'all', '--run-time', '1s', '--processes', '1'];
      const { stdout } = await execute('npm', ['test', '--', ...quickly], { cwd: demo });
      expect(readSummary(stdout)['Aggregated']).toEqual({ requests: api.counts().total, failures: 0 });
      expect(readSummary(stdout)['GET first visit']).toEqual({ requests: 5, failures: 0 });
    } finally {
      await api.close();
    }
  });

  it('lets an editor check a script, and see its mistakes', async () => {
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    await expect(execute(tsc, [...TSC, 'load.ts', 'mistakes.ts'], { cwd: folder })).resolves.toMatchObject({
      stdout: '',
    });
  });
});

function tarballOf(name: string): string {
  return (
    tarballs.find((tarball) =>
      new RegExp(`^${name === 'loadts' ? '' : 'loadts-'}${name}-\\d`).test(tarball),
    ) ?? ''
  );
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path, 'utf8'));
}
