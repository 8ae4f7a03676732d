import type { FileHandle } from 'node:fs/promises';
import type { RowIndex } from './row-index.ts';

/** Reads the bytes of these rows, those that follow each other in the file at once. */
export function readFileRows(
  handle: FileHandle,
  index: RowIndex,
  rows: readonly number[],
): Promise<Buffer[]> {
  const spans: { first: number; last: number }[] = [];
  for (const row of rows) {
    const span = spans.at(-1);
    if (span && row === span.last + 1) span.last = row;
    else spans.push({ first: row, last: row });
  }
  return Promise.all(
    spans.map(({ first, last }) => readSpan(handle, index.startOf(first), index.endOf(last))),
  );
}

async function readSpan(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(end - start);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
  if (bytesRead < bytes.length) throw new Error('the file is shorter than it was');
  return bytes;
}
