import type { FileHandle } from 'node:fs/promises';
import { describeJsonError } from './describe-json-error.ts';
import type { FileProblems } from './file-problems.ts';
import { readFileRows } from './file-rows.ts';
import { RowIndex } from './row-index.ts';
import { MAX_ROW_BYTES, ROW_TOO_LARGE, type RowSource } from './row-source.ts';

const NEWLINE = 0x0a;
const BOM = '\uFEFF';

/** Indexes a file of JSON lines in one go. What is wrong is added to `problems`; the source is then of no use. */
export async function openJsonl(
  handle: FileHandle,
  chunks: AsyncIterable<Buffer>,
  problems: FileProblems,
): Promise<RowSource> {
  const index = new RowIndex(0);
  let carry: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    carry = takeLines(carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk, index, problems);
    if (carry.length <= MAX_ROW_BYTES) continue;
    // Not to be read to an end that may never come.
    problems.add(ROW_TOO_LARGE, index.end);
    carry = Buffer.alloc(0);
    break;
  }
  if (carry.toString().trim() !== '') addRow(carry, index, problems);
  if (problems.isEmpty && index.size === 0) problems.add('the file is empty');
  return {
    size: index.size,
    columns: null,
    bytesOf: (row) => index.endOf(row) - index.startOf(row),
    read: async (rows) => {
      const spans = await readFileRows(handle, index, rows);
      const lines = spans.flatMap((span) => toText(span).split('\n').filter(isFilled));
      if (lines.length !== rows.length) throw new Error('the file is not what it was');
      return lines;
    },
    close: () => handle.close(),
  };
}

/** @returns the rest after the last complete row: blank lines belong to the row after them */
function takeLines(bytes: Buffer, index: RowIndex, problems: FileProblems): Buffer {
  let start = 0;
  for (let from = 0; ; ) {
    const newline = bytes.indexOf(NEWLINE, from);
    if (newline < 0) return bytes.subarray(start);
    from = newline + 1;
    const row = bytes.subarray(start, from);
    if (!isFilled(toText(row))) continue;
    addRow(row, index, problems);
    start = from;
  }
}

function addRow(bytes: Buffer, index: RowIndex, problems: FileProblems): void {
  const start = index.end;
  index.add(start + bytes.length);
  if (bytes.length > MAX_ROW_BYTES) return problems.add(ROW_TOO_LARGE, start);
  try {
    JSON.parse(toText(bytes));
  } catch (error) {
    problems.add(describeJsonError(error), start);
  }
}

function toText(bytes: Buffer): string {
  const text = bytes.toString();
  return text.startsWith(BOM) ? text.slice(1) : text;
}

function isFilled(line: string): boolean {
  return line.trim() !== '';
}
