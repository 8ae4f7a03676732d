import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';

const BIN = fileURLToPath(new URL('../packages/loadts/dist/bin.js', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));

type Variables = Record<string, string>;

interface Job {
  readonly profiles: readonly Variables[];
  /** The step that runs loadts. */
  readonly step: string;
}

let api: ReturnType<typeof createSampleApi>;
let url: string;
let folder: string;

// As after `npm ci` in somebody's repository.
beforeAll(async () => {
  api = createSampleApi();
  url = await api.listen();
  folder = await mkdtemp(join(tmpdir(), 'loadts-ci-'));
  await mkdir(join(folder, 'bin'));
  const script = await readFile(join(EXAMPLES, 'weighted-tasks.ts'), 'utf8');
  // In three seconds every stage needs requests.
  await writeFile(join(folder, 'load.ts'), script.replace('between(1, 3)', 'between(0.1, 0.3)'));
  const npx = join(folder, 'bin', 'npx');
  await writeFile(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  await chmod(npx, 0o755);
});

afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

function runShell(step: string, variables: Variables): Promise<{ code: number; output: string }> {
  const env = {
    ...variables,
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    TARGET: url,
    LOADTS_USERS: '40',
    LOADTS_RUN_TIME: '3s',
    LOADTS_PROCESSES: '1',
    LOADTS_ALLOW_OVERLOAD: 'true',
  };
  return new Promise((resolve) => {
    execFile('sh', ['-e', '-c', step], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

async function readGitHub(): Promise<Job> {
  const file = parse(await readFile(join(EXAMPLES, 'ci', 'github-actions.yml'), 'utf8'));
  const job = file.jobs['load-test'];
  const steps: { readonly run?: string }[] = job.steps;
  const profiles = job.strategy.matrix.include.map((matrix: Variables) => {
    const fill = (text: unknown): string =>
      String(text).replaceAll(/\$\{\{ matrix\.(\w+) \}\}/g, (_, name: string) => matrix[name] ?? '');
    return Object.fromEntries(Object.entries(job.env).map(([name, text]) => [name, fill(text)]));
  });
  return { profiles, step: steps.find(({ run }) => run?.includes('loadts run'))?.run ?? '' };
}

async function readGitLab(): Promise<Job> {
  const job = parse(await readFile(join(EXAMPLES, 'ci', 'gitlab-ci.yml'), 'utf8'))['load-test'];
  const profiles = job.parallel.matrix.map((matrix: Variables) => ({ ...job.variables, ...matrix }));
  return { profiles, step: job.script.join('\n') };
}

it.each([
  ['GitHub Actions', readGitHub],
  ['GitLab', readGitLab],
])('the gate for %s runs three profiles and keeps their results', async (_name, read) => {
  const { profiles, step } = await read();
  await rm(join(folder, 'out'), { recursive: true, force: true });
  for (const variables of profiles) {
    const { code, output } = await runShell(step, variables);
    expect(output).toContain('Verdict: PASS');
    expect(code).toBe(0);
  }
  const names = profiles.map((variables) => String(variables['PROFILE']));
  expect(names).toEqual(['ramp-up', 'sustained', 'spike']);
  const files = await readdir(join(folder, 'out'));
  for (const name of names) {
    expect(files).toEqual(expect.arrayContaining([`${name}.json`, `${name}.xml`, `${name}_stats.csv`]));
    const { thresholds } = JSON.parse(await readFile(join(folder, 'out', `${name}.json`), 'utf8'));
    expect(thresholds).toHaveLength(2);
  }
});

it('a gate fails its job where a threshold does', async () => {
  const { profiles, step } = await readGitHub();
  const { code } = await runShell(step, { ...profiles[1], THRESHOLDS: 'p50 < 1us' });
  expect(code).toBe(1);
});

it('the pipeline of a model API runs as one step, the same on both, and fails its job', async () => {
  const [github, gitlab] = await Promise.all(
    ['model-api-github-actions.yml', 'model-api-gitlab-ci.yml'].map(async (name) =>
      parse(await readFile(join(EXAMPLES, 'ci', name), 'utf8')),
    ),
  );
  const step: string = github.jobs['model-api'].steps.find((one: { run?: string }) =>
    one.run?.includes('pipeline.mjs'),
  ).run;
  expect(gitlab['model-api'].script).toEqual([step]);
  await cp(join(EXAMPLES, 'model-api'), join(folder, 'model-api'), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(join(EXAMPLES, '..', 'packages', 'loadts'), join(folder, 'node_modules', 'loadts'));
  const more = '--short --profile sustained -- --queue 1 --slow-ms 300';
  const { code, output } = await runShell(step, { PIPELINE_OPTIONS: more });
  expect(output).toContain('FAIL  errors < 1%');
  expect(output).toContain('HTTP 503');
  expect(code).toBe(1);
  const files = await readdir(join(folder, 'out'));
  expect(files).toEqual(expect.arrayContaining(['sustained.html', 'sustained.json', 'sustained.xml']));
});
