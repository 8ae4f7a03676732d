import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type ScriptBundle, stopBundler } from '../script/bundle-script.ts';
import { createTempFolder } from '../script/temp-folder.case.ts';
import { type ConfigFile, readConfigFile } from './read-config-file.ts';

afterAll(stopBundler);

async function read(files: Record<string, string>): Promise<ConfigFile | undefined> {
  return await readConfigFile(await createTempFolder(files), importBundle);
}

async function importBundle({ code }: ScriptBundle): Promise<Record<string, unknown>> {
  const path = join(await createTempFolder({}), 'bundle.mjs');
  await writeFile(path, code);
  return await import(pathToFileURL(path).href);
}

describe('readConfigFile', () => {
  it('finds nothing where there is nothing', async () => {
    expect(await read({ 'load.ts': '', 'package.json': '{}' })).toBeUndefined();
  });

  it.each([
    ['loadts.config.json', '\uFEFF{ "users": 5, "class": ["A", "B"] }'],
    ['loadts.config.yaml', 'users: 5\nclass: [A, B] # both\n'],
    ['loadts.config.ts', "const users: number = 5;\nexport default { users, class: ['A', 'B'] };"],
    ['loadts.config.mjs', "export const options = { users: 5, class: ['A', 'B'] };"],
  ])('reads %s', async (name, text) => {
    expect(await read({ [name]: text })).toEqual({
      name,
      content: { users: 5, class: ['A', 'B'] },
      problems: [],
    });
  });

  it('lets a module import others', async () => {
    const file = await read({
      'loadts.config.ts': "import { users } from './shared.ts'; export default { users };",
      'shared.ts': 'export const users = 7;',
    });
    expect(file?.content).toEqual({ users: 7 });
  });

  it('finds no options in an empty YAML file', async () => {
    expect(await read({ 'loadts.config.yaml': '# nothing yet\n' })).toMatchObject({
      content: null,
      problems: [],
    });
  });

  it('does not choose between two', async () => {
    const file = await read({ 'loadts.config.json': '{}', 'loadts.config.ts': '', 'loadts.config.yml': '' });
    expect(file?.problems).toEqual([
      {
        text: 'there is more than one configuration file: loadts.config.ts, loadts.config.json, loadts.config.yml',
        hint: 'keep one of them',
      },
    ]);
  });

  it('says of a file with a wrong ending that it is not read', async () => {
    expect((await read({ 'loadts.config.yml': 'users: 5' }))?.problems).toEqual([
      {
        text: 'loadts.config.yml has a name that is not read',
        hint: expect.stringContaining('loadts.config.yaml'),
      },
    ]);
  });

  it.each([
    [
      'json',
      '{\n  "users": 5,\n}',
      /^loadts\.config\.json:2:13: JSON does not .*\n {4} {2}"users": 5,\n {15} \^$/,
    ],
    ['json', '{ "users": ', /^loadts\.config\.json:1:\d+: Unexpected end of file in JSON/],
    ['json', '', /^loadts\.config\.json:1:1: Unexpected end of file in JSON/],
    [
      'yaml',
      'users: 5\nusers: 6\n',
      /^loadts\.config\.yaml:2:1: Map keys must be unique\n {4}users: 6\n {4}\^$/,
    ],
    ['yaml', 'users: *none\n', /^loadts\.config\.yaml: Unresolved alias .*none$/],
    [
      'ts',
      'export default {\n  users: 5 6,\n};',
      /loadts\.config\.ts:2:12: Expected "}" but found "6"\n {6}users/,
    ],
    ['ts', 'throw new Error("boom");', /^loadts\.config\.ts cannot be loaded: boom$/],
    ['mjs', 'throw "boom";', /^loadts\.config\.mjs cannot be loaded: boom$/],
    ['ts', 'export const users = 5;', /^loadts\.config\.ts exports no options$/],
  ])('says where a broken %s file is wrong (%#)', async (ending, text, message) => {
    const file = await read({ [`loadts.config.${ending}`]: text });
    expect(file?.content).toBeUndefined();
    expect(file?.problems).toEqual([{ text: expect.stringMatching(message), hint: expect.any(String) }]);
  });
});
