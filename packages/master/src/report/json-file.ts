import { writeResult } from '@loadts/protocol';
import { createReportFile, type ReportFile } from './report-file.ts';

/** `--json`: the whole result. @throws LoadtsError `FILE_NOT_WRITABLE` */
export function createJsonFile(path: string): ReportFile {
  return createReportFile({ path, flag: '--json', format: writeResult });
}
