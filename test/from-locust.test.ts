import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts } from './support/loadts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TSC = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];

const page = await readFile(join(ROOT, 'docs/from-locust.md'), 'utf8');
const snippets = [...page.matchAll(/^### (.+)\n(?:(?!### )[^])*?^```ts\n([^]+?)^```$/gm)].map(
  ([, title = '', code = ''], index) => ({ title, code, name: `snippet-${index + 1}.ts` }),
);

const execute = promisify(execFile);
let api: ReturnType<typeof createSampleApi>;
let url: string;
let folder: string;

beforeAll(async () => {
  api = createSampleApi();
  url = await api.listen();
  folder = await mkdtemp(join(tmpdir(), 'loadts-from-locust-'));
  await symlink(join(ROOT, 'examples/node_modules'), join(folder, 'node_modules'));
  await copyFile(join(ROOT, 'examples/users.csv'), join(folder, 'users.csv'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { name, code } of snippets) {
    await writeFile(join(folder, name), code.replaceAll('http://127.0.0.1:8000', url));
  }
});

afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the page for people with a locustfile', () => {
  it('has a Python snippet before each TypeScript one', () => {
    const fences = [...page.matchAll(/^```(python|ts)$/gm)].map(([, language]) => language);
    expect(snippets.length).toBeGreaterThanOrEqual(15);
    expect(fences).toEqual(snippets.flatMap(() => ['python', 'ts']));
  });

  it('has TypeScript that type-checks', async () => {
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    const typeRoots = ['--typeRoots', join(ROOT, 'node_modules/@types')];
    const files = snippets.map(({ name }) => name);
    await expect(execute(tsc, [...TSC, ...typeRoots, ...files], { cwd: folder })).resolves.toMatchObject({
      stdout: '',
    });
  });

  it.concurrent.each(snippets)('runs: $title', async ({ name, code }) => {
    const host = code.includes('static host') ? [] : ['-H', url];
    const stated = /^\/\/ loadts run load\.ts (.+)$/m.exec(code)?.[1]?.split(' ') ?? [];
    const load = ['--headless', '-u', '4', '-r', 'all', '-t', '1s', '--processes', '1', '--only-summary'];
    const { stdout, stderr, exitCode } = await runLoadts(['run', name, ...load, ...host, ...stated], {
      cwd: folder,
    });
    const expected = Number(/^\/\/ exit code (\d)/m.exec(code)?.[1] ?? 0);
    expect({ exitCode, output: stdout + stderr }).toEqual({
      exitCode: expected,
      output: expect.stringContaining('Verdict:'),
    });
    expect(readSummary(stdout)['Aggregated']?.requests).toBeGreaterThan(0);
  });
});
