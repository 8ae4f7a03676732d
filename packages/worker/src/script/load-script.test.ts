import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpUser, LoadtsError, readUserClasses, User } from '@loadts/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadScript } from './load-script.ts';
import { createApiModule, createScript, createUserScript } from './test-script.case.ts';

/** The error that loading this must end with. */
async function failure(code: string): Promise<LoadtsError> {
  const error = await loadScript(createScript(code), await createApiModule()).catch(
    (thrown: unknown) => thrown,
  );
  return error instanceof LoadtsError ? error : expect.fail('it was loaded');
}

describe('loadScript', () => {
  it('runs the script and returns what it exports', async () => {
    const script = createUserScript('ApiUser', 'async home() {}', 'home');
    const exports = await loadScript(script, await createApiModule());
    expect((exports['ApiUser'] as { prototype: unknown }).prototype).toBeInstanceOf(HttpUser);
    expect(readUserClasses(exports)).toMatchObject([
      { name: 'ApiUser', tasks: [{ name: 'home', weight: 1 }] },
    ]);
  });

  it('runs a script anew each time', async () => {
    const script = createScript('export const state = { count: 0 };');
    const [one, two] = [await loadScript(script, ''), await loadScript(script, '')];
    expect(one['state']).not.toBe(two['state']);
  });

  it.each([
    `import { User as X } from 'loadts'; export { X };`,
    `import { User as X } from "loadts"; export { X };`,
    `import {\n  User as X,\n} from\n'loadts'; export { X };`,
    `import{User as X}from"loadts";export{X}`,
    `import * as all from 'loadts'; export const X = all.User;`,
    `export { User as X } from 'loadts';`,
    `const { User: X } = await import('loadts'); export { X };`,
    `import 'loadts'; const { User: X } = await import( "loadts" ); export { X };`,
  ])('gives the API to whoever imports loadts: %s', async (code) => {
    const exports = await loadScript(createScript(code), await createApiModule());
    expect(exports['X']).toBe(User);
  });

  it.each(["it's", '$& and $1', 'ü b'])('finds the API in a folder named %s', async (name) => {
    const code = "export { User as X } from 'loadts';";
    const exports = await loadScript(createScript(code), await createApiModule(name));
    expect(exports['X']).toBe(User);
  });

  it('leaves names alone that only resemble it', async () => {
    const code = `export const names = ['loadts', "from loadts", 'loadts-extras'];`;
    const exports = await loadScript(createScript(code), 'file:///nowhere.mjs');
    expect(exports['names']).toEqual(['loadts', 'from loadts', 'loadts-extras']);
  });

  it('refuses what is not what was sent, and does not run it', async () => {
    const script = { ...createScript('globalThis.loadtsRan = true;'), hash: 'f00' };
    await expect(loadScript(script, '')).rejects.toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: expect.stringMatching(/^the script arrived with hash [0-9a-f]{64}, not f00$/),
    });
    expect('loadtsRan' in globalThis).toBe(false);
  });

  it('says what the script threw, and where', async () => {
    const error = await failure(`\n\nthrow new TypeError('no config');`);
    expect(error.code).toBe('SCRIPT_LOAD_FAILED');
    expect(error.message).toMatch(
      /^the script threw while it was loaded\nTypeError: no config\n {4}at .*script\.mjs:3:7/,
    );
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it.each([
    ['a syntax error', 'export const = 5;', 'Unexpected token'],
    [
      'an import of what is not there',
      "import 'not-installed-anywhere';",
      'ERR_MODULE_NOT_FOUND|Cannot find package',
    ],
    ['a text as exception', "throw 'plain text';", 'plain text'],
    ['an object without a text as exception', 'throw Object.create(null);', 'null prototype'],
    ['a rejected promise', "await Promise.reject(new Error('later'));", 'later'],
  ])('says so where the script has %s', async (_, code, expected) => {
    expect((await failure(code)).message).toMatch(new RegExp(expected));
  });

  it("lets the script's own errors of loadts through as they are", async () => {
    const symbol = "globalThis[Symbol.for('loadts.test.api')]";
    const error = await failure(`throw new ${symbol}.LoadtsError('CONFIG_INVALID', 'mine');`);
    expect([error.code, error.message]).toEqual(['CONFIG_INVALID', 'mine']);
  });

  it('leaves nothing behind on the disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loadts-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    // A folder of its own: others load scripts on this machine too.
    vi.stubEnv('TMPDIR', folder);
    await loadScript(createScript('export const x = 1;'), '');
    await failure("throw new Error('x');");
    vi.unstubAllEnvs();
    expect((await readdir(folder)).filter((name) => !name.startsWith('loadts-api-'))).toEqual([]);
  });

  it('says what to do where nothing can be written', async () => {
    vi.stubEnv('TMPDIR', '/dev/null');
    const loading = loadScript(createScript('export const x = 1;'), '');
    await expect(loading).rejects.toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: expect.stringMatching(/^the script has no place to be loaded from: ENOTDIR/),
      hint: 'set TMPDIR to a folder that can be written, such as /dev/shm',
    });
    vi.unstubAllEnvs();
  });
});
