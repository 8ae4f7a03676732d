import { createReportFile, type ReportFile } from '../report-file.ts';
import { formatHdrLog } from './format-hdr-log.ts';

/** `--hdr-log`: the times of every second, for tools of HdrHistogram. @throws LoadtsError `FILE_NOT_WRITABLE` */
export function createHdrLogFile(path: string): ReportFile {
  return createReportFile({ path, flag: '--hdr-log', format: formatHdrLog });
}
