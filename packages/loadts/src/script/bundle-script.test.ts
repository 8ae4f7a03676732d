import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleScript, type ScriptBundle, stopBundler } from './bundle-script.ts';
import { createTempFolder } from './temp-folder.case.ts';

const CORE = fileURLToPath(new URL('../../../core/src/index.ts', import.meta.url));
const execute = promisify(execFile);

afterAll(stopBundler);

describe('bundleScript', () => {
  it('makes one module of a script, its imports, JSON, CSV, PEM and packages', async () => {
    const folder = await createTempFolder({
      'load.ts': `
        import rows from './users.csv';
        import authority from './authority.pem';
        import settings from './settings.json';
        import { greet } from './lib/greet.ts';
        import { twice } from 'twice';
        const enum Size { Small = 1 }
        export const result = [greet('Ada'), rows.split('\\n')[1], settings.pages, twice(Size.Small), authority];`,
      'lib/greet.ts': 'export const greet = (name: string): string => `Hello ${name}`;',
      'users.csv': 'name\nGrace\n',
      'authority.pem': '-----BEGIN CERTIFICATE-----\n',
      'settings.json': '{ "pages": 3 }',
      'node_modules/twice/package.json': '{ "name": "twice", "type": "module", "exports": "./index.js" }',
      'node_modules/twice/index.js': 'export const twice = (value) => 2 * value;',
    });
    const bundle = await bundleScript(join(folder, 'load.ts'));
    expect(bundle.path).toBe(join(folder, 'load.ts'));
    expect(bundle.code).not.toMatch(/from "(?!node:)/);
    expect(await runBundle(bundle, 'result')).toEqual([
      'Hello Ada',
      'Grace',
      3,
      2,
      '-----BEGIN CERTIFICATE-----\n',
    ]);
  });

  it('keeps loadts and the modules of Node as imports', async () => {
    const { code } = await bundleText(`
      import { readFile } from 'node:fs/promises';
      import { join } from 'path';
      import { HttpUser } from 'loadts';
      export { task } from 'loadts';
      export class Shopper extends HttpUser { read = readFile; join = join; }`);
    expect(code).toContain('import { HttpUser } from "loadts";');
    expect(code).toContain('from "loadts";\n');
    expect(code).toContain('from "node:fs/promises"');
    expect(code).toContain('from "path"');
    expect(code).not.toContain('createRequire');
  });

  it('imports loadts for a script that needs nothing of it', async () => {
    expect((await bundleText("import 'loadts';")).code).toContain('import "loadts";');
  });

  it('hashes the code, and the same script has the same hash', async () => {
    const folder = await createTempFolder({ 'load.ts': 'export const a = 1;' });
    const first = await bundleScript(join(folder, 'load.ts'));
    expect(first.hash).toBe(createHash('sha256').update(first.code).digest('hex'));
    expect((await bundleScript(join(folder, 'load.ts'))).hash).toBe(first.hash);
    await writeFile(join(folder, 'load.ts'), 'export const a = 2;');
    expect((await bundleScript(join(folder, 'load.ts'))).hash).not.toBe(first.hash);
  });

  it('has a source map of absolute file URLs with the sources in it', async () => {
    const folder = await createTempFolder({
      'load.ts': "export { b } from './lib/b.ts';",
      'lib/b.ts': 'export const b: number = 1;',
    });
    const { code } = await bundleScript(join(folder, 'load.ts'));
    const base64 = /\n\/\/# sourceMappingURL=data:application\/json;base64,(.+)\n$/.exec(code)?.[1] ?? '';
    const map = JSON.parse(Buffer.from(base64, 'base64').toString());
    expect(map.sources).toEqual([pathToFileURL(join(folder, 'lib/b.ts')).href]);
    expect(map.sourcesContent).toEqual(['export const b: number = 1;']);
  });

  it.each([
    ['a script', ''],
    ['a script with a CommonJS package', "import 'old';\n"],
  ])("shows the user's own file and line in stack traces of %s", async (_, head) => {
    const folder = await createTempFolder({
      'load.ts': `${head}interface Unused {}\nexport function fail(): never {\n  throw new Error('boom');\n}\n`,
      'node_modules/old/index.js': "require('fs');",
    });
    const bundle = await bundleScript(join(folder, 'load.ts'));
    const line = head === '' ? 3 : 4;
    const stack = await runBundle(
      bundle,
      '(() => { try { fail(); } catch (error) { return error.stack; } })()',
    );
    expect(stack).toContain(`at fail (${join(folder, 'load.ts')}:${line}:9)`);
  });

  it('runs CommonJS packages that require modules of Node, beside a `require` of the script', async () => {
    const folder = await createTempFolder({
      'load.ts': `
        import { createRequire } from 'node:module';
        import old from 'old';
        const require = createRequire(import.meta.url);
        export const result = [old.separator, typeof require('node:fs').readFile];`,
      'node_modules/old/index.js': "exports.separator = require('path').posix.sep;",
    });
    expect(await runBundle(await bundleScript(join(folder, 'load.ts')), 'result')).toEqual(['/', 'function']);
  });

  it('leaves a `require` of the script alone', async () => {
    const bundle = await bundleText(`
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      export const result = typeof require('node:fs').readFile;`);
    expect(await runBundle(bundle, 'result')).toBe('function');
  });

  it.each([
    ['standard', '{}'],
    ['legacy', '{ "compilerOptions": { "experimentalDecorators": true } }'],
  ])('lowers %s decorators and keeps the names of classes', async (_, tsconfig) => {
    const folder = await createTempFolder({
      'tsconfig.json': tsconfig,
      'load.ts': `
        import { HttpUser, task } from 'loadts';
        export class Shopper extends HttpUser {
          @task browse(): void {}
          @task(3) async buy(): Promise<void> { Shopper.name; }
        }`,
    });
    const bundle = await bundleScript(join(folder, 'load.ts'));
    expect(await runBundle(bundle, '[Shopper.name, api.readTasks(Shopper)]')).toEqual([
      'Shopper',
      [
        { name: 'browse', weight: 1 },
        { name: 'buy', weight: 3 },
      ],
    ]);
  });
});

describe('bundleScript, where the script is missing,', () => {
  it.each([
    ['a file that is nearly there', 'laod.ts', /did you mean loadts run .*load\.ts\?$/],
    ['a forgotten extension', 'load', /did you mean loadts run .*load\.ts\?$/],
    ['a folder', '.', /did you mean loadts run .*load\.ts\?$/],
    ['anything else', 'shopping.ts', /path\/to\/load\.ts; there are checkout\.mjs, load\.ts$/],
    ['a missing folder', 'none/load.ts', /write the path of your script: loadts run path\/to\/load\.ts$/],
  ])('helps with %s', async (_, name, hint) => {
    const files = { 'load.ts': '', 'checkout.mjs': '', 'types.d.ts': '', 'loadts.config.ts': '' };
    const path = join(await createTempFolder(files), name);
    await expect(bundleScript(path)).rejects.toMatchObject({
      code: 'SCRIPT_NOT_FOUND',
      message: expect.stringContaining(path),
      hint: expect.stringMatching(hint),
    });
  });

  it.each(['localhost:8000', '127.0.0.1:8000/status'])(
    'knows %s for a URL without its scheme',
    async (target) => {
      await expect(bundleScript(target)).rejects.toMatchObject({
        code: 'SCRIPT_NOT_FOUND',
        hint: `did you mean loadts run http://${target}?`,
      });
    },
  );

  it('lists no more than five others', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}-flow.ts`, '']);
    const folder = await createTempFolder(Object.fromEntries(names));
    await expect(bundleScript(join(folder, 'x.ts'))).rejects.toMatchObject({
      hint: expect.stringMatching(/there are a-flow\.ts, .*, e-flow\.ts, \.\.\.$/),
    });
  });
});

describe('bundleScript, where the script is wrong,', () => {
  it('shows file, line and column of a syntax error, and the line with a caret', async () => {
    const message = await failureOf('const a = 1;\n\tconst é = a +* 2;\n');
    expect(message).toMatch(/load\.ts:2:15: Unexpected "\*"\n {4}\tconst é = a \+\* 2;\n {4}\t {13}\^$/);
  });

  it('shows every unresolved import', async () => {
    const promise = bundleText("import './none.ts';\nimport 'no-package';\n");
    await expect(promise).rejects.toMatchObject({
      code: 'SCRIPT_BUILD_FAILED',
      message: expect.stringMatching(/load\.ts:1:8: Could not.*none[^]*load\.ts:2:8: Could not.*no-package/),
      hint: expect.stringContaining('install the package'),
    });
  });

  it('shows ten errors and the number of the others', async () => {
    const imports = Array.from({ length: 12 }, (_, index) => `import './none-${index}.ts';`);
    const message = await failureOf(imports.join('\n'));
    expect(message.match(/Could not resolve/g)).toHaveLength(10);
    expect(message).toMatch(/\nand 2 more$/);
  });

  it.each([
    ["await import('loadts');", 'can only be imported at the top'],
    ["const { task } = require('loadts');", 'can only be imported at the top'],
    ["import 'loadts/internal';", 'loadts/internal is not for scripts'],
    ["import { task } from '@loadts/core'; task;", '@loadts/core is not for scripts'],
  ])('refuses %s', async (text, message) => {
    await expect(bundleText(text)).rejects.toMatchObject({
      code: 'SCRIPT_BUILD_FAILED',
      message: expect.stringContaining(message),
    });
  });

  it('names a file that it cannot read as a script', async () => {
    const folder = await createTempFolder({ 'locustfile.py': 'import locust' });
    await expect(bundleScript(join(folder, 'locustfile.py'))).rejects.toMatchObject({
      code: 'SCRIPT_BUILD_FAILED',
      message: expect.stringContaining('locustfile.py'),
    });
  });
});

async function bundleText(text: string): Promise<ScriptBundle> {
  return await bundleScript(join(await createTempFolder({ 'load.ts': text }), 'load.ts'));
}

async function failureOf(text: string): Promise<string> {
  return await bundleText(text).then(
    () => 'no failure',
    (error: Error) => error.message,
  );
}

/** The value of an expression over the exports of a bundle and `api`, in a process of its own. */
async function runBundle(bundle: ScriptBundle, expression: string): Promise<unknown> {
  const folder = await createTempFolder({
    'loadts.mjs': (await bundleScript(CORE)).code,
    'bundle.mjs': bundle.code.replaceAll('from "loadts"', 'from "./loadts.mjs"'),
    'main.mjs': `
      import * as api from './loadts.mjs';
      import * as exports from './bundle.mjs';
      const names = Object.keys(exports);
      const evaluate = new Function('api', ...names, ${JSON.stringify(`return ${expression}`)});
      console.log(JSON.stringify(evaluate(api, ...Object.values(exports))));`,
  });
  const { stdout } = await execute(process.execPath, ['--enable-source-maps', join(folder, 'main.mjs')]);
  return JSON.parse(stdout);
}
