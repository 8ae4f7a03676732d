import { LoadtsError } from '@loadts/core';
import { CsvFiles } from '@loadts/master';
import type { RunConfig } from '../config/run-config.ts';

/**
 * The files that a run writes.
 * @throws LoadtsError `CONFIG_INVALID` or `FILE_NOT_WRITABLE`
 */
export function openFiles(
  { csv, csvFullHistory }: Pick<RunConfig, 'csv' | 'csvFullHistory'>,
  onProblem: (problem: string) => void,
): CsvFiles | undefined {
  if (csv !== undefined) return new CsvFiles({ prefix: csv, fullHistory: csvFullHistory, onProblem });
  if (!csvFullHistory) return undefined;
  throw new LoadtsError('CONFIG_INVALID', '--csv-full-history has no files to write to', {
    hint: 'add --csv with the beginning of their names, such as out/run',
  });
}
