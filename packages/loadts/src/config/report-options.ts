import type { FileConfig } from '../commands/open-files.ts';
import type { OptionTable } from './option-table.ts';
import { RUN_OPTIONS } from './options.ts';
import { trueOrFalse } from './parse-value.ts';
import type { RunConfig } from './run-config.ts';

/** What `loadts report` was told, validated and complete. */
export interface ReportConfig extends FileConfig, Pick<RunConfig, 'exitCodeOnError' | 'allowIncomplete'> {
  /** Whether several run files make one report. */
  readonly merge: boolean;
}

const { csv, csvFullHistory, html, json, junit, hdrLog, exitCodeOnError, allowIncomplete } = RUN_OPTIONS;

/** Every option of `loadts report`, in the order of its `--help`. */
export const REPORT_OPTIONS: OptionTable<ReportConfig> = {
  merge: {
    flags: '--merge [bool]',
    group: 'Result:',
    help: 'one report of several run files, such as those of several machines',
    parse: trueOrFalse,
    fallback: false,
  },
  csv,
  csvFullHistory,
  html,
  json,
  junit,
  hdrLog,
  exitCodeOnError,
  allowIncomplete,
};
