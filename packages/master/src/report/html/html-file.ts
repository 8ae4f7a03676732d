import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LoadtsError } from '@loadts/core';
import { createReportFile, type ReportFile } from '../report-file.ts';
import { createHtmlReport } from './create-html-report.ts';

/**
 * `--html`: the whole run as one page.
 * @param template the built page that it is made from
 * @throws LoadtsError `FILE_NOT_WRITABLE`
 */
export function createHtmlFile(path: string, template: URL): ReportFile {
  const page = readTemplate(path, template);
  return createReportFile({ path, flag: '--html', format: (result) => createHtmlReport(result, page) });
}

function readTemplate(path: string, template: URL): string {
  try {
    return readFileSync(template, 'utf8');
  } catch (cause) {
    throw new LoadtsError(
      'FILE_NOT_WRITABLE',
      `cannot write ${path}: there is no ${fileURLToPath(template)}`,
      {
        hint: 'in a clone of the repository, build it with `npx -y pnpm@10 build`; otherwise install loadts again',
        cause,
      },
    );
  }
}
