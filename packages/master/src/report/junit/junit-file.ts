import { createReportFile, type ReportFile } from '../report-file.ts';
import { formatJUnit } from './format-junit.ts';

/** `--junit`: a test case for each threshold. @throws LoadtsError `FILE_NOT_WRITABLE` */
export function createJUnitFile(path: string): ReportFile {
  return createReportFile({ path, flag: '--junit', format: formatJUnit });
}
