import type { SearchResult } from '@loadts/core';
import { createReportFile, type ReportFile } from '../report-file.ts';

/** What a search found, as JSON. @throws LoadtsError `FILE_NOT_WRITABLE` */
export function createSearchFile(path: string): ReportFile<SearchResult> {
  return createReportFile({
    path,
    flag: '--json',
    format: (result: SearchResult) => `${JSON.stringify(result, undefined, 2)}\n`,
  });
}
