import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { PACKAGE_VERSION } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { createTempFolder } from '../script/temp-folder.case.ts';
import { initCommand } from './init-command.ts';

async function init(folder: string): Promise<{ exitCode: number; printed: string }> {
  const stream = new PassThrough({ encoding: 'utf8' });
  const terminal = { stdout: stream, stderr: stream, env: {} };
  const line = { name: 'init', argument: folder, values: {}, problems: [] } as const;
  return { exitCode: await initCommand(line, terminal), printed: String(stream.read()) };
}

describe('initCommand', () => {
  it('writes a script, a tsconfig and a package.json into a new folder and says how to go on', async () => {
    const folder = join(await createTempFolder({}), 'a/b');
    const { exitCode, printed } = await init(folder);
    expect(exitCode).toBe(0);
    expect((await readdir(folder)).toSorted()).toEqual(['load.ts', 'package.json', 'tsconfig.json']);
    expect(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).toMatchObject({
      type: 'module',
      scripts: { test: expect.stringMatching(/^loadts run load\.ts /) },
      devDependencies: { loadts: `^${PACKAGE_VERSION}` },
    });
    expect(printed).toContain(`created  ${join(folder, 'load.ts')}\n`);
    expect(printed).toContain(`  cd ${folder}\n  npm install\n  npx loadts run load.ts`);
  });

  it('leaves what is there as it is, and lists it', async () => {
    const folder = await createTempFolder({ 'load.ts': '// mine', 'package.json': '{}' });
    const { exitCode, printed } = await init(folder);
    expect(exitCode).toBe(0);
    expect(await readFile(join(folder, 'load.ts'), 'utf8')).toBe('// mine');
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe('{}');
    expect(printed).toContain(`kept     ${join(folder, 'load.ts')} (was there)\n`);
    expect(printed).toContain(`created  ${join(folder, 'tsconfig.json')}\n`);
    expect(printed).toContain(`  npm install --save-dev loadts@^${PACKAGE_VERSION}\n`);
  });

  it('says why it cannot write', async () => {
    const file = join(await createTempFolder({}), 'file');
    await writeFile(file, '');
    await expect(init(file)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`cannot write to the folder ${file}: EEXIST`),
    });
  });

  it('reports what was wrong with its arguments and writes nothing', async () => {
    const folder = await createTempFolder({});
    const problems = [{ text: 'unknown option --users', hint: undefined }];
    const terminal = { stdout: process.stdout, stderr: process.stderr, env: {} };
    await expect(
      initCommand({ name: 'init', argument: folder, values: {}, problems }, terminal),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: 'unknown option --users' });
    expect(await readdir(folder)).toEqual([]);
  });
});
