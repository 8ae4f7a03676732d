import type { OptionTable } from './option-table.ts';
import { fileName } from './parse-value.ts';
import { RESULT_OPTIONS } from './result-options.ts';
import type { RunConfig } from './run-config.ts';

/** What `loadts compare` was told, validated and complete. */
export interface CompareConfig extends Pick<RunConfig, 'regressions'> {
  readonly markdown: string | undefined;
  readonly html: string | undefined;
}

/** Every option of `loadts compare`, in the order of its `--help`. */
export const COMPARE_OPTIONS: OptionTable<CompareConfig> = {
  regressions: RESULT_OPTIONS.regressions,
  markdown: {
    flags: '--markdown <file>',
    group: 'Result:',
    help: 'write the comparison in Markdown, for a comment on a change',
    parse: fileName,
    fallback: undefined,
  },
  html: {
    flags: '--html <file>',
    group: 'Result:',
    help: 'write the comparison as a page with percentile curves',
    parse: fileName,
    fallback: undefined,
  },
};
