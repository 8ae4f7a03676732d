import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { type CheckManifest, readManifestSchema } from './kubernetes/manifest-schema.ts';
import { type FinishedCommand, readSummary, runLoadts } from './support/loadts.ts';

/** Of a Job, as far as these tests look. */
interface JobSpec {
  readonly template: {
    readonly spec: {
      readonly terminationGracePeriodSeconds: number;
      readonly containers: readonly [{ readonly args: readonly string[]; readonly image: string }];
      readonly volumes: readonly {
        readonly name: string;
        readonly configMap?: { readonly name: string; readonly items: readonly ScriptItem[] };
      }[];
    };
  };
}

interface ScriptItem {
  readonly key: string;
  readonly path: string;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec: JobSpec;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEPLOY = join(ROOT, 'deploy/kubernetes');
const CERTIFICATES = join(ROOT, 'packages/worker/src/http/test-certificates');
// What other tests set would be passed on to the master.
const PLAIN = { LOADTS_NO_RUN_FILE: '' };
const execute = promisify(execFile);
const hasKubectl = await execute('kubectl', ['version', '--client']).then(
  () => true,
  () => false,
);
if (!hasKubectl) process.stdout.write('the kustomize test is skipped: there is no kubectl\n');

let check: CheckManifest;
let folder: string;

beforeAll(async () => {
  check = await readManifestSchema();
  folder = await mkdtemp(join(tmpdir(), 'loadts-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function print(args: readonly string[], cwd: string = join(ROOT, 'examples')): Promise<FinishedCommand> {
  const image = ['--image', 'registry.example.com/loadts:0.1.0'];
  return runLoadts(['kubernetes', ...args, ...image], { cwd, env: { ...PLAIN, LOADTS_TOKEN: 'the-token' } });
}

function read(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

describe('loadts kubernetes', () => {
  it('prints the same for the same run', async () => {
    const { stdout, stderr, exitCode } = await print([
      'first-test.ts',
      '-H',
      'http://shop:8080',
      '-u',
      '100',
    ]);
    expect([exitCode, stderr]).toEqual([0, '']);
    await expect(stdout).toMatchFileSnapshot('kubernetes/golden.txt');
  });

  it.each([
    ['of a plain run', ['first-test.ts', '-H', 'http://shop']],
    ['with data files', ['data-feeder.ts', '-H', 'http://shop', '--namespace', 'load']],
    ['of a URL', ['http://shop/status', '-u', '5']],
    ['with a claim', ['first-test.ts', '-H', 'http://shop', '--reports-claim', 'reports', '--csv', 'run']],
    [
      'of a script in the image',
      ['/scripts/load.ts', '--script-in-image', '--arg', 'tenant=b', '--profile', 'own'],
    ],
    [
      'with TLS',
      [
        'first-test.ts',
        '-H',
        'http://shop',
        '--tls-cert',
        join(CERTIFICATES, 'localhost.cert.pem'),
        '--tls-key',
        join(CERTIFICATES, 'key.pem'),
        '--tls-ca',
        join(CERTIFICATES, 'ca.cert.pem'),
      ],
    ],
  ])('prints what the schemas of Kubernetes accept: manifests %s', async (_, args) => {
    const { stdout, exitCode, stderr } = await print(args);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const manifests = read(stdout);
    expect(manifests.flatMap(check)).toEqual([]);
    expect(manifests.length).toBeGreaterThanOrEqual(6);
  });

  it('is checked by schemas that refuse what they do not know', () => {
    const spec = {
      template: { spec: { containers: [], restartPolicy: 'Never', seccomp: true } },
      backofLimit: 0,
    };
    const problems = check({ apiVersion: 'batch/v1', kind: 'Job', spec } as { readonly kind: string });
    expect(problems).toEqual([
      expect.stringContaining('"additionalProperty":"backofLimit"'),
      expect.stringContaining('"additionalProperty":"seccomp"'),
    ]);
  });

  it('gives the master every option of the run, and its workers a name to find it by', async () => {
    const { stdout } = await print([
      'first-test.ts',
      '--workers',
      '20',
      '--name',
      'shop',
      '--namespace',
      'load',
      '-H',
      'http://shop',
      '-u',
      '5000',
      '--threshold',
      'p95 < 300ms',
      '--threshold',
      'errors < 1%',
      '--stop-timeout',
      '40s',
      '-L',
      'debug',
      '--allow-overload',
      '--class',
      'Visitor',
    ]);
    const manifests = read(stdout);
    const { template: master } = find(manifests, 'Job', 'shop-master').spec;
    expect(master.spec.containers[0].args).toEqual([
      'master',
      '/scripts/first-test.mjs',
      '--users=5000',
      '--class=Visitor',
      '--threshold=p95 < 300ms',
      '--threshold=errors < 1%',
      '--allow-overload=true',
      '--host=http://shop',
      '--stop-timeout=40s',
      '--loglevel=debug',
      '--headless',
      '--expect-workers=20',
      '--expect-workers-max-wait=10m',
      '--master-bind-host=0.0.0.0',
      '--token-file=/run/secrets/loadts/token',
    ]);
    const { spec: job } = find(manifests, 'Job', 'shop-worker');
    expect(job).toMatchObject({ completions: 20, parallelism: 20, completionMode: 'Indexed' });
    expect(job.template.spec.containers[0].args).toEqual([
      'worker',
      '--master-host=shop-master',
      '--token-file=/run/secrets/loadts/token',
      '--loglevel=debug',
    ]);
    for (const { spec } of [master, job.template]) expect(spec.terminationGracePeriodSeconds).toBe(60);
    expect(new Set(manifests.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['load']));
    expect(find(manifests, 'Secret', 'shop-secrets').stringData).toEqual({ token: 'the-token' });
    expect(stdout.match(/the-token/g)).toHaveLength(1);
  });

  it('puts a script in the ConfigMap that runs as the original does', async () => {
    const api = createSampleApi();
    const url = await api.listen();
    const args = ['data-feeder.ts', '-H', url, '-u', '4', '-t', '1s'];
    const { stdout, stderr } = await print(args);
    expect(stderr).toContain(`warning: ${url} is the worker's own pod in a cluster`);
    const manifests = read(stdout);
    const { template } = find(manifests, 'Job', 'loadts-master').spec;
    const volume = template.spec.volumes.find(({ name }) => name === 'scripts');
    const { data = {} } = find(manifests, 'ConfigMap', 'loadts-scripts');
    for (const { key, path } of volume?.configMap?.items ?? [])
      await writeFile(join(folder, path), data[key] ?? '');
    const [, script, ...options] = template.spec.containers[0].args;
    const own = options.filter((option) => !/^--(expect|master|token)/.test(option));
    const path = join(folder, script?.replace('/scripts/', '') ?? '');
    const run = await runLoadts(['run', path, ...own], { cwd: folder });
    expect(run.exitCode).toBe(0);
    expect(readSummary(run.stdout)['Aggregated']?.requests).toBe(api.counts().total);
    await api.close();
  });

  it('says where a script belongs that is too large, and all else that is wrong', async () => {
    await writeFile(join(folder, 'rows.csv'), `name\n${'x'.repeat(2 ** 20)}\n`);
    const script = `import { csv, HttpUser, task } from 'loadts';
      const rows = csv('rows.csv');
      export class A extends HttpUser { @task async go() { await rows.next(); } }`;
    await writeFile(join(folder, 'large.ts'), script);
    const large = await print(['large.ts', '-H', 'http://shop'], folder);
    expect(large.exitCode).toBe(2);
    expect(large.stderr).toMatch(
      /have 10\d\d KiB, and a ConfigMap holds at most 1 MiB: large\.mjs \d+ KiB, rows\.csv/,
    );
    expect(large.stderr).toContain('loadts kubernetes /scripts/load.ts --script-in-image --image REF');

    const wrong = await runLoadts(['kubernetes', 'load.ts', '--script-in-image', '--name', '-x', '-u', '0']);
    expect(wrong.exitCode).toBe(2);
    for (const text of ['--image is missing', 'is not an absolute path', '--name: "-x"', '--users: "0"']) {
      expect(wrong.stderr).toContain(text);
    }
    expect(wrong.stdout).toBe('');
  });
});

describe('deploy/kubernetes', () => {
  it('has in its base what the command prints', async () => {
    const load = [
      'load.ts',
      '-H',
      'http://sample-api:8000',
      '-u',
      '20',
      '-r',
      '5',
      '-t',
      '1m',
      '--image',
      'loadts',
    ];
    const { stdout } = await runLoadts(['kubernetes', ...load], { cwd: join(DEPLOY, 'base'), env: PLAIN });
    const objects = stdout.split('---\n').filter((text) => /^kind: (Service|NetworkPolicy|Job)$/m.test(text));
    const text = objects.join('---\n').replaceAll('load.mjs', 'load.ts');
    await expect(text).toMatchFileSnapshot(join(DEPLOY, 'base/run.yaml'));
  });

  it.skipIf(!hasKubectl).each([
    ['base', 2, 7],
    ['overlays/sample-api', 2, 9],
    ['overlays/twenty-workers', 20, 7],
  ])('renders %s', async (path, workers, objects) => {
    const copy = join(folder, 'deploy');
    await mkdir(copy, { recursive: true });
    await cp(DEPLOY, copy, { recursive: true });
    await writeFile(join(copy, 'base/token'), 'the-token');
    const { stdout } = await execute('kubectl', ['kustomize', join(copy, path)]);
    const manifests = read(stdout);
    expect(manifests.flatMap(check)).toEqual([]);
    expect(manifests).toHaveLength(objects);
    expect(find(manifests, 'Job', 'loadts-worker').spec).toMatchObject({
      completions: workers,
      parallelism: workers,
    });
    const master = find(manifests, 'Job', 'loadts-master').spec.template.spec;
    expect(master.containers[0].args).toContain(`--expect-workers=${workers}`);
    expect(master.containers[0].image).toBe('loadts:0.1.0');
    expect(master.volumes.at(-1)?.configMap?.name).toMatch(/^loadts-scripts-\w+$/);
  });
});
