import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type FeederDefinition, LoadtsError } from '@loadts/core';
import { openCsv } from './csv-source.ts';
import { FileProblems } from './file-problems.ts';
import { openJson } from './json-source.ts';
import { openJsonl } from './jsonl-source.ts';
import { readChunks } from './read-chunks.ts';
import type { ReadOptions } from './read-options.ts';
import type { RowSource } from './row-source.ts';

export interface OpenOptions extends Omit<ReadOptions, 'file'> {
  /** The folder of the script, where relative paths start. */
  readonly folder: string;
}

/** A feeder of which the master knows the rows. */
export interface OpenFeeder {
  readonly definition: FeederDefinition;
  readonly source: RowSource;
}

const OPENERS = { csv: openCsv, json: openJson, jsonl: openJsonl };

/**
 * Opens and indexes the files of a script's feeders, each file once.
 * @throws LoadtsError `FEEDER_INVALID` with all problems of all files; the signal's reason where that aborts
 */
export async function openFeeders(
  definitions: readonly FeederDefinition[],
  options: OpenOptions,
): Promise<OpenFeeder[]> {
  /** Undefined for files that are wrong. */
  const sources = new Map<string, RowSource | undefined>();
  const problems: string[] = [];
  try {
    for (const { format, file, problems: wrong } of definitions) {
      const call = `${format}('${file}')`;
      problems.push(...wrong.map((problem) => `${call}: ${problem}`));
      if (file === '' || sources.has(call)) continue;
      const opened = await openSource(format, file, options);
      if (Array.isArray(opened)) problems.push(...opened.map((problem) => `${file}: ${problem}`));
      sources.set(call, Array.isArray(opened) ? undefined : opened);
    }
    if (problems.length > 0) throw createError(problems, options.folder);
  } catch (error) {
    for (const source of sources.values()) await source?.close();
    throw error;
  }
  return definitions.map((definition) => ({
    definition,
    source: sources.get(`${definition.format}('${definition.file}')`) as RowSource,
  }));
}

/** @returns the problems of the file where it has any */
async function openSource(
  format: FeederDefinition['format'],
  file: string,
  { folder, clock, signal, onProgress }: OpenOptions,
): Promise<RowSource | string[]> {
  const path = resolve(folder, file);
  const handle = await openFile(path);
  if (typeof handle === 'string') return [handle];
  const problems = new FileProblems();
  try {
    const chunks = readChunks(handle, { file, clock, signal, onProgress });
    const source = await OPENERS[format](handle, chunks, problems);
    if (problems.isEmpty) return source;
    const described = await problems.describe(handle);
    await handle.close();
    return described;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** @returns why it cannot be opened, in words */
async function openFile(path: string): Promise<FileHandle | string> {
  try {
    const handle = await open(path);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return `this is no file (${path})`;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `there is no such file (looked for ${path})` : message;
  }
}

function createError(problems: readonly string[], folder: string): LoadtsError {
  return new LoadtsError('FEEDER_INVALID', problems.join('\n'), {
    hint: `correct the data files; their paths start at the folder of the script, ${folder}`,
  });
}
