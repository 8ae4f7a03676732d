import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path';
import { type DeclaredFeeder, LoadtsError } from '@loadts/core';
import { configError, type Problem } from '../config/problem.ts';
import type { ScriptBundle } from '../script/bundle-script.ts';
import { sharedModule } from './shared-module.ts';

/** One file of a ConfigMap. */
export interface ScriptFile {
  /** What it is called in the ConfigMap. */
  readonly key: string;
  /** Where the master finds it, relative to the script. */
  readonly path: string;
  readonly content: Buffer;
}

const MAX_BYTES = 2 ** 20;
const IN_IMAGE =
  'build an image that holds them (FROM your loadts image, COPY . /scripts) and give its path: loadts kubernetes /scripts/load.ts --script-in-image --image REF';

/**
 * A script with its imports and the files of its feeders. The script comes first.
 * @throws LoadtsError `CONFIG_INVALID` where a ConfigMap cannot hold them
 */
export async function collectScriptFiles(
  bundle: ScriptBundle,
  feeders: readonly Pick<DeclaredFeeder, 'definition'>[],
): Promise<ScriptFile[]> {
  const folder = dirname(bundle.path);
  const name = `${basename(bundle.path, extname(bundle.path)).replaceAll(/[^\w.-]/g, '-')}.mjs`;
  const script = { key: name, path: name, content: Buffer.from(sharedModule(bundle)) };
  const names = [...new Set(feeders.map(({ definition }) => definition.file))];
  const read = await Promise.all(names.map((file, index) => readDataFile(folder, file, index)));
  const problems = read.filter((file): file is Problem => !('key' in file));
  if (problems.length > 0) throw configError(problems);
  const files = [script, ...read.filter((file) => 'key' in file)];
  requireSize(files);
  return files;
}

async function readDataFile(folder: string, file: string, index: number): Promise<ScriptFile | Problem> {
  const path = relative(folder, join(folder, file));
  if (isAbsolute(file) || path.startsWith('..')) {
    return { text: `${file} is not in the folder of the script`, hint: `move it there, or ${IN_IMAGE}` };
  }
  try {
    const key = `data-${index + 1}-${basename(path).replaceAll(/[^\w.-]/g, '-')}`;
    return { key, path, content: await readFile(join(folder, file)) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { text, hint: 'the paths of data files start at the folder of the script' };
  }
}

function requireSize(files: readonly ScriptFile[]): void {
  const bytes = files.reduce((sum, { key, content }) => sum + key.length + content.length, 0);
  if (bytes <= MAX_BYTES) return;
  const list = files.map(({ path, content }) => `${path} ${showKib(content.length)}`).join(', ');
  throw new LoadtsError(
    'CONFIG_INVALID',
    `the script and its data have ${showKib(bytes)}, and a ConfigMap holds at most 1 MiB: ${list}`,
    { hint: IN_IMAGE },
  );
}

function showKib(bytes: number): string {
  return `${Math.ceil(bytes / 1_024)} KiB`;
}
