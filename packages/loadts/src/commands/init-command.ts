import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadtsError } from '@loadts/core';
import { PACKAGE_VERSION } from '@loadts/protocol';
import type { CommandLine } from '../config/parse-command-line.ts';
import { configError } from '../config/problem.ts';
import { exitCodeFor } from '../exit-codes.ts';
import { firstFiles } from '../init/first-files.ts';
import { writeNewFile } from '../init/write-new-file.ts';
import type { Terminal } from '../terminal.ts';

/** A file and whether it is new. */
interface InitResult {
  readonly name: string;
  readonly isNew: boolean;
}

/** `loadts init`: writes what a first run needs and says how to go on. @returns the exit code */
export async function initCommand(
  { argument: folder, problems }: CommandLine,
  { stdout }: Terminal,
): Promise<number> {
  if (problems.length > 0) throw configError(problems);
  const results = await writeFiles(folder);
  stdout.write(`${describeResults(folder, results)}\n`);
  return exitCodeFor({});
}

async function writeFiles(folder: string): Promise<InitResult[]> {
  const results: InitResult[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, content } of firstFiles(PACKAGE_VERSION)) {
      results.push({ name, isNew: await writeNewFile(join(folder, name), content) });
    }
    return results;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoadtsError('CONFIG_INVALID', `cannot write to the folder ${folder}: ${reason}`, {
      hint: 'choose a folder that you may write to: loadts init load-tests',
      cause,
    });
  }
}

function describeResults(folder: string, results: readonly InitResult[]): string {
  const files = results.map(
    ({ name, isNew }) =>
      `${isNew ? 'created' : 'kept   '}  ${join(folder, name)}${isNew ? '' : ' (was there)'}`,
  );
  const hasOwnManifest = results.some(({ name, isNew }) => name === 'package.json' && !isNew);
  const steps = [
    ...(folder === '.' ? [] : [`cd ${folder}`]),
    hasOwnManifest ? `npm install --save-dev loadts@^${PACKAGE_VERSION}` : 'npm install',
    'npx loadts run load.ts --headless --host http://localhost:8000',
  ];
  return [
    ...files,
    '',
    'Next steps, with the address of your own server:',
    ...steps.map((step) => `  ${step}`),
  ].join('\n');
}
