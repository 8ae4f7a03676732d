import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOT_COPIED = ['.git', 'node_modules', 'dist', 'coverage'];
const WITH_MODULES = [
  'packages/core',
  'packages/protocol',
  'packages/worker',
  'packages/master',
  'packages/web',
  'packages/loadts',
];

const execute = promisify(execFile);
let copy: string;
let output: string;

// One copy and one check for everything that is planted: each violation has a file of its own.
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'loadts-boundaries-'));
  await cp(ROOT, copy, { recursive: true, filter: (path) => !NOT_COPIED.includes(basename(path)) });
  const folders = ['.', ...WITH_MODULES].map((folder) => join(folder, 'node_modules'));
  await Promise.all(folders.map((folder) => symlink(join(ROOT, folder), join(copy, folder))));
  await Promise.all(PLANTED.map(({ file, code }) => writeFile(join(copy, 'packages', file), code)));
  await changeJson('packages/worker/package.json', (manifest) => {
    manifest['dependencies'] = { ...(manifest['dependencies'] as object), '@loadts/master': 'workspace:*' };
  });
  await changeJson('packages/protocol/tsconfig.json', (config) => {
    config['references'] = [...(config['references'] as object[]), { path: '../worker' }];
  });
  output = await check('lint', 'boundaries', 'unused');
}, 60_000);

afterAll(() => rm(copy, { recursive: true, force: true }));

const PLANTED = [
  {
    what: 'an import from worker to master',
    file: 'worker/src/planted-import.ts',
    code: `import { Master } from '@loadts/master';\nvoid Master;\n`,
    says: /'@loadts\/master' import is restricted.*it meets the master only through the protocol/s,
  },
  {
    what: 'a type import from master to worker',
    file: 'master/src/planted-import.ts',
    code: `import type { Worker } from '@loadts/worker';\nexport type Planted = Worker;\n`,
    says: /'@loadts\/worker' import is restricted.*it meets workers only through the protocol/s,
  },
  {
    what: 'an import of the master in the web pages',
    file: 'web/src/planted-master.ts',
    code: `import { Master } from '@loadts/master';\nvoid Master;\n`,
    says: /'@loadts\/master' import is restricted.*web runs in browsers/s,
  },
  {
    what: 'an import of the source of another package',
    file: 'master/src/planted-path.ts',
    code: `import { Worker } from '../../worker/src/index.ts';\nvoid Worker;\n`,
    says: /'\.\.\/\.\.\/worker\/src\/index\.ts' import is restricted.*by their name/s,
  },
  {
    what: 'an import from inside another package',
    file: 'loadts/src/planted-path.ts',
    code: `import { task } from '@loadts/core/dist/user/task.js';\nvoid task;\n`,
    says: /'@loadts\/core\/dist\/user\/task\.js' import is restricted.*by their name/s,
  },
  {
    what: 'node:fs in core',
    file: 'core/src/planted-fs.ts',
    code: `import { readFileSync } from 'node:fs';\nvoid readFileSync;\n`,
    says: /'node:fs' import is restricted.*core is pure/s,
  },
  {
    what: 'node:fs/promises in core',
    file: 'core/src/planted-promises.ts',
    code: `import { readFile } from 'node:fs/promises';\nvoid readFile;\n`,
    says: /'node:fs\/promises' import is restricted.*core is pure/s,
  },
  {
    what: 'a lazy import in core',
    file: 'core/src/planted-lazy.ts',
    code: `export const planted = (): Promise<unknown> => import('node:os');\n`,
    says: /'node:os' import is restricted.*core is pure/s,
  },
  {
    what: 'Date.now() in core',
    file: 'core/src/planted-time.ts',
    code: `export const planted = (): number => Date.now();\n`,
    says: /'Date'\. core never reads the time: take a Clock/s,
  },
  {
    what: 'Math.random() in core',
    file: 'core/src/planted-random.ts',
    code: `export const planted = (): number => Math.random();\n`,
    says: /'Math\.random' is restricted.*core draws no numbers by itself: take a Random/s,
  },
  {
    what: 'a timer in core',
    file: 'core/src/planted-timer.ts',
    code: `export const planted = (): void => void setTimeout(() => {}, 1);\n`,
    says: /'setTimeout'\. core sets no timers: take a Clock/s,
  },
  {
    what: 'a cycle',
    file: 'core/src/planted-cycle.ts',
    code: `import { other } from './planted-circle.ts';\nexport const planted: number = other;\n`,
    says: /Dependency cycle detected/,
  },
  {
    what: 'the other half of a cycle, of types only',
    file: 'core/src/planted-circle.ts',
    code: `import type { planted } from './planted-cycle.ts';\nexport const other: typeof planted = 1;\n`,
    says: /Dependency cycle detected/,
  },
  {
    what: 'a promise that nobody waits for, from another package',
    file: 'worker/src/planted-promise.ts',
    code: `import { connect } from '@loadts/protocol';\nconnect('ws://127.0.0.1:1', new AbortController().signal);\n`,
    says: /no-floating-promises/,
  },
] as const;

describe('the check', () => {
  it.each(PLANTED)('refuses $what', ({ file, says }) => {
    const found = output.split('\n\n').filter((paragraph) => paragraph.includes(`packages/${file}`));
    expect(found.join('\n\n')).toMatch(says);
  });

  it('refuses a dependency that lint does not allow', () => {
    expect(output).toContain('worker/package.json has @loadts/master, which .oxlintrc.json does not allow');
  });

  it('refuses a TypeScript reference that is no dependency', () => {
    expect(output).toContain(
      'protocol/tsconfig.json allows @loadts/worker, which protocol/package.json does not have',
    );
  });

  it('refuses a file that nothing imports', () => {
    expect(output).toMatch(/Unused files.*packages\/core\/src\/planted-time\.ts/s);
  });
});

/** Runs the real check in the copy, where it has to fail. */
async function check(...names: string[]): Promise<string> {
  const command = execute(process.execPath, ['scripts/check.mjs', ...names], { cwd: copy });
  const { stdout } = await command.then(
    () => expect.unreachable('the check passed'),
    (error: { stdout: string }) => error,
  );
  return stdout;
}

async function changeJson(path: string, change: (content: Record<string, unknown>) => void): Promise<void> {
  const file = join(copy, path);
  const content: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  change(content);
  await writeFile(file, JSON.stringify(content));
}
