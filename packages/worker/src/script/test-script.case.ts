import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as api from '@loadts/core';
import { onTestFinished } from 'vitest';
import type { ScriptCode } from './load-script.ts';

const API = Symbol.for('loadts.test.api');

/** A module that stands for `loadts`, in a folder with this name, and gives scripts this very core. */
export async function createApiModule(folderName = 'api'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `loadts-${folderName}-`));
  onTestFinished(() => rm(folder, { recursive: true }));
  Object.assign(globalThis, { [API]: api });
  const file = join(folder, 'api.mjs');
  const names = 'HttpUser, User, task, StopUser, constant, csv';
  await writeFile(file, `export const { ${names} } = globalThis[Symbol.for('${API.description}')];\n`);
  return pathToFileURL(file).href;
}

export function createScript(code: string): ScriptCode {
  return { code, hash: createHash('sha256').update(code).digest('hex') };
}

/** A script with one class; each of these methods is a task. Node 20 knows no decorators. */
export function createUserScript(className: string, body: string, ...tasks: readonly string[]): ScriptCode {
  const marks = tasks.map((name) => `mark('${name}');`).join(' ');
  return createScript(`import { HttpUser, StopUser, constant, task } from 'loadts';
export class ${className} extends HttpUser {
  ${body}
}
const mark = (name) => task(${className}.prototype, name, Object.getOwnPropertyDescriptor(${className}.prototype, name));
${marks}
`);
}
