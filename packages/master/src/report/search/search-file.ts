import type { SearchResult } from '@loadts/core';
import { createReportFile, type ReportFile } from '../report-file.ts';
import { searchHtml } from './search-html.ts';

export interface SearchPaths {
  readonly json: string | undefined;
  readonly html: string | undefined;
}

/** What a search found, as JSON and as a page, where they are asked for. @throws LoadtsError `FILE_NOT_WRITABLE` */
export function createSearchFiles({ json, html }: SearchPaths): ReportFile<SearchResult>[] {
  const text = (result: SearchResult): string => `${JSON.stringify(result, undefined, 2)}\n`;
  return [
    { path: json, flag: '--json', format: text },
    { path: html, flag: '--html', format: searchHtml },
  ].flatMap(({ path, ...file }) => (path === undefined ? [] : [createReportFile({ path, ...file })]));
}
