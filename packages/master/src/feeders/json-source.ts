import type { FileHandle } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { FileProblems } from './file-problems.ts';
import { findBadElement } from './find-bad-element.ts';
import { MAX_ROW_BYTES, ROW_TOO_LARGE, type RowSource } from './row-source.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Reads a JSON file that holds one array. What is wrong is added to `problems`; the source is then of no use. */
export async function openJson(
  handle: FileHandle,
  chunks: AsyncIterable<Buffer>,
  problems: FileProblems,
): Promise<RowSource> {
  const rows = await readRows(handle, chunks, problems);
  return {
    size: rows.length,
    columns: null,
    bytesOf: (row) => Buffer.byteLength(rows[row] ?? ''),
    read: (wanted) => Promise.resolve(wanted.map((row) => rows[row] as string)),
    close: () => handle.close(),
  };
}

async function readRows(
  handle: FileHandle,
  chunks: AsyncIterable<Buffer>,
  problems: FileProblems,
): Promise<string[]> {
  const { size } = await handle.stat();
  if (size > MAX_FILE_BYTES) {
    problems.add(
      `the file has ${Math.ceil(size / 1024 / 1024)} MiB, and JSON is read whole: ` +
        `above ${MAX_FILE_BYTES / 1024 / 1024} MiB, write one value a line and use jsonl()`,
    );
    return [];
  }
  const text = (await buffer(chunks)).toString();
  const content = parse(text, problems);
  if (content === undefined) return [];
  if (!Array.isArray(content)) problems.add('the file holds no array');
  else if (content.length === 0) problems.add('the array is empty');
  else return stringify(content, problems);
  return [];
}

function stringify(elements: readonly unknown[], problems: FileProblems): string[] {
  return elements.map((element, i) => {
    const row = JSON.stringify(element);
    if (Buffer.byteLength(row) > MAX_ROW_BYTES) problems.add(`element ${i + 1}: ${ROW_TOO_LARGE}`);
    return row;
  });
}

function parse(text: string, problems: FileProblems): unknown {
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    const { position, reason } = findBadElement(json, error);
    problems.add(reason, Buffer.byteLength(text) - Buffer.byteLength(json.slice(position)));
    return undefined;
  }
}
