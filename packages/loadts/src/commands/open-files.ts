import { LoadtsError } from '@loadts/core';
import {
  CsvFiles,
  createHdrLogFile,
  createHtmlFile,
  createJsonFile,
  createJUnitFile,
  type ReportFile,
} from '@loadts/master';
import { REPORT_TEMPLATE } from '@loadts/web';
import type { RunConfig } from '../config/run-config.ts';

/** Which files a run or a report writes. */
export type FileConfig = Pick<RunConfig, 'csv' | 'csvFullHistory' | 'html' | 'json' | 'junit' | 'hdrLog'>;

/** Makes the writer of a file. @throws LoadtsError where it cannot be written */
type CreateFile = (path: string) => ReportFile;

/**
 * The files that are written at the end, in the order of the options.
 * @throws LoadtsError `FILE_NOT_WRITABLE`
 */
export function openReportFiles(config: FileConfig): ReportFile[] {
  const files: readonly (readonly [string | undefined, CreateFile])[] = [
    [config.html, (path) => createHtmlFile(path, REPORT_TEMPLATE)],
    [config.json, createJsonFile],
    [config.junit, createJUnitFile],
    [config.hdrLog, createHdrLogFile],
  ];
  return files.flatMap(([path, create]) => (path === undefined ? [] : [create(path)]));
}

/**
 * The CSV files, which grow while a run goes on.
 * @throws LoadtsError `CONFIG_INVALID` or `FILE_NOT_WRITABLE`
 */
export function openCsvFiles(
  { csv, csvFullHistory }: FileConfig,
  onProblem: (problem: string) => void,
): CsvFiles | undefined {
  if (csv !== undefined) return new CsvFiles({ prefix: csv, fullHistory: csvFullHistory, onProblem });
  if (!csvFullHistory) return undefined;
  throw new LoadtsError('CONFIG_INVALID', '--csv-full-history has no files to write to', {
    hint: 'add --csv with the beginning of their names, such as out/run',
  });
}
