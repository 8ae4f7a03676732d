import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { TEXT_LIMITS } from '@loadts/protocol';
import { CsvError, type Options, parse } from 'csv-parse';
import type { FileProblems } from './file-problems.ts';
import { readFileRows } from './file-rows.ts';
import { RowIndex } from './row-index.ts';
import { MAX_ROW_BYTES, ROW_TOO_LARGE, type RowSource } from './row-source.ts';

const OPTIONS: Options = {
  bom: true,
  skip_empty_lines: true,
  relax_column_count: true,
  // Found out by itself, it would be that of the first line that is read, wherever reading begins.
  record_delimiter: ['\r\n', '\n', '\r'],
  max_record_size: MAX_ROW_BYTES,
};

const QUOTE_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted value begins in this row and never ends',
  INVALID_OPENING_QUOTE: 'a value has a quote inside: quote the value and double each quote in it',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted value goes on after its closing quote: double the quotes inside',
  CSV_MAX_RECORD_SIZE: `${ROW_TOO_LARGE}: is a quoted value not closed?`,
};

const parseText = promisify<Buffer, Options, string[][]>(parse);

/** Indexes a CSV file in one go. What is wrong with it is added to `problems`; the source is then of no use. */
export async function openCsv(
  handle: FileHandle,
  chunks: AsyncIterable<Buffer>,
  problems: FileProblems,
): Promise<RowSource> {
  const { columns, index } = await scan(chunks, problems);
  if (problems.isEmpty && columns.length === 0) problems.add('the file is empty');
  else if (problems.isEmpty && index.size === 0) problems.add('there is no row below the header');
  return {
    size: index.size,
    columns,
    bytesOf: (row) => index.endOf(row) - index.startOf(row),
    read: async (rows) => {
      const spans = await readFileRows(handle, index, rows);
      const records = await parseText(Buffer.concat(spans.flatMap(endLine)), OPTIONS);
      const isSame =
        records.length === rows.length && records.every(({ length }) => length === columns.length);
      if (!isSame) throw new Error('the file is not what it was');
      return records.map((record) => JSON.stringify(record));
    },
    close: () => handle.close(),
  };
}

async function scan(
  chunks: AsyncIterable<Buffer>,
  problems: FileProblems,
): Promise<{ columns: readonly string[]; index: RowIndex }> {
  let columns: readonly string[] = [];
  let index = new RowIndex(0);
  const parser = parse({
    ...OPTIONS,
    on_record: (values: string[], { bytes }) => {
      const start = index.end;
      if (columns.length === 0) {
        columns = values;
        index = new RowIndex(bytes);
        for (const problem of findColumnProblems(values)) problems.add(problem, start);
        return null;
      }
      if (values.length !== columns.length) problems.add(describeRagged(values, columns), start);
      if (bytes - start > MAX_ROW_BYTES) problems.add(ROW_TOO_LARGE, start);
      index.add(bytes);
      return null;
    },
  });
  try {
    await pipeline(chunks, parser.resume());
  } catch (thrown) {
    // The pipeline may only tell that the parser has closed.
    const error = parser.errored ?? thrown;
    if (!(error instanceof CsvError)) throw error;
    problems.add(QUOTE_PROBLEMS[error.code] ?? error.message, index.end);
  }
  return { columns, index };
}

function describeRagged(values: readonly string[], columns: readonly string[]): string {
  const count = (length: number, word: string): string => `${length} ${word}${length === 1 ? '' : 's'}`;
  return `${count(values.length, 'value')} for ${count(columns.length, 'column')}`;
}

function findColumnProblems(columns: readonly string[]): string[] {
  const twice = columns.filter((name, i) => name !== '' && columns.indexOf(name) < i);
  const nameless = columns.flatMap((name, i) => (name === '' ? `column ${i + 1} has no name` : []));
  const long = columns.filter((name) => name.length > TEXT_LIMITS.column);
  return [
    ...[...new Set(twice)].map((name) => `several columns are named ${name}`),
    ...nameless,
    ...long.map((name) => `a column name is longer than ${TEXT_LIMITS.column}: ${name.slice(0, 30)}...`),
  ];
}

/** The last line of a file may have no end, and another row after it here. */
function endLine(bytes: Buffer): Buffer[] {
  const last = bytes.at(-1);
  return last === 0x0a || last === 0x0d ? [bytes] : [bytes, Buffer.from('\n')];
}
