import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { LoadtsError } from '@loadts/core';
import { bundleScript, type ScriptBundle } from '../script/bundle-script.ts';
import { parseJson } from './config-text.ts';
import type { Problem } from './problem.ts';

const NAMES = ['loadts.config.ts', 'loadts.config.mjs', 'loadts.config.json', 'loadts.config.yaml'];

/** Names that a person may well expect to be read. */
const WRONG_NAMES = /^loadts\.config\.(js|cjs|cts|mts|yml|jsonc|toml)$/;

/** The configuration file of a folder, as far as it could be read. */
export interface ConfigFile {
  /** Without its folder: `loadts.config.json`. */
  readonly name: string;
  /** What it holds, not yet validated; undefined where it could not be read. */
  readonly content: unknown;
  readonly problems: readonly Problem[];
}

/** Imports a bundled module and returns its exports, as the worker's `loadScript` does. */
export type ImportBundle = (bundle: ScriptBundle) => Promise<Readonly<Record<string, unknown>>>;

type Content = { readonly content: unknown } | Problem;

/** Reads `loadts.config.{ts,mjs,json,yaml}` of a folder; undefined where there is none. Problems are returned, not thrown. */
export async function readConfigFile(
  folder: string,
  importBundle: ImportBundle,
): Promise<ConfigFile | undefined> {
  const files = await readdir(folder);
  const [name, ...others] = [...NAMES, ...files.filter((file) => WRONG_NAMES.test(file))].filter((file) =>
    files.includes(file),
  );
  if (name === undefined) return undefined;
  const result =
    others.length > 0 ? tooMany([name, ...others]) : await readContent(folder, name, importBundle);
  return 'content' in result
    ? { name, content: result.content, problems: [] }
    : { name, content: undefined, problems: [result] };
}

function tooMany(names: readonly string[]): Problem {
  return { text: `there is more than one configuration file: ${names.join(', ')}`, hint: 'keep one of them' };
}

async function readContent(folder: string, name: string, importBundle: ImportBundle): Promise<Content> {
  const path = join(folder, name);
  switch (extname(name)) {
    case '.ts':
    case '.mjs':
      return await readModule(path, name, importBundle);
    case '.json':
      return describe(await parseJson(name, await readFile(path, 'utf8')));
    case '.yaml': {
      // Few have one, and the package takes its time to load.
      const { parseYaml } = await import('./parse-yaml.ts');
      return describe(parseYaml(name, await readFile(path, 'utf8')));
    }
    default:
      return { text: `${name} has a name that is not read`, hint: `rename it to one of ${NAMES.join(', ')}` };
  }
}

async function readModule(path: string, name: string, importBundle: ImportBundle): Promise<Content> {
  try {
    const exports = await importBundle(await bundleScript(path));
    const content = exports['default'] ?? exports['options'];
    if (content !== undefined) return { content };
    return { text: `${name} exports no options`, hint: 'write export default { users: 10 }' };
  } catch (error) {
    if (error instanceof LoadtsError && error.code === 'SCRIPT_BUILD_FAILED') {
      return { text: error.message, hint: error.hint };
    }
    const reason = error instanceof Error ? error.message : String(error);
    return { text: `${name} cannot be loaded: ${reason}`, hint: 'correct the file' };
  }
}

function describe(parsed: { readonly content: unknown } | { readonly wrong: string }): Content {
  return 'content' in parsed ? parsed : { text: parsed.wrong, hint: 'correct the file' };
}
