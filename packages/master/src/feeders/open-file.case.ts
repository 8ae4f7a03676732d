import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeederDefinition } from '@loadts/core';
import { onTestFinished } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { type OpenFeeder, openFeeders } from './open-feeders.ts';

export function define(file: string, definition: Partial<FeederDefinition> = {}): FeederDefinition {
  const format = file.split('.').at(-1) as FeederDefinition['format'];
  return { format, file, order: 'sequential', onEnd: 'wrap', problems: [], ...definition };
}

/** Writes these files into a folder of their own, which is gone after the test. */
export async function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loadts-feeders-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** Opens files of a folder; they are closed after the test. */
export async function openFiles(
  folder: string,
  ...files: readonly (string | FeederDefinition)[]
): Promise<OpenFeeder[]> {
  const feeders = await openFeeders(
    files.map((file) => (typeof file === 'string' ? define(file) : file)),
    { folder, clock: new FakeClock(), signal: new AbortController().signal, onProgress: () => {} },
  );
  onTestFinished(async () => {
    for (const { source } of feeders) await source.close();
  });
  return feeders;
}

/** Writes one file and opens it. */
export async function openText(name: string, content: string | Uint8Array): Promise<OpenFeeder['source']> {
  const [feeder] = await openFiles(await writeFiles({ [name]: content }), name);
  return (feeder as OpenFeeder).source;
}

/** What is wrong with a file, one line for each. */
export async function findProblems(name: string, content: string): Promise<string[]> {
  return await openText(name, content).then(
    () => [],
    (error: Error) => error.message.split('\n').map((line) => line.replace(`${name}: `, '')),
  );
}

/** These rows of a source, as values. */
export async function readValues(source: OpenFeeder['source'], rows: readonly number[]): Promise<unknown[]> {
  return (await source.read(rows)).map((row): unknown => JSON.parse(row));
}

export const allRows = (source: OpenFeeder['source']): number[] =>
  Array.from({ length: source.size }, (_, row) => row);
