import type { OptionTable, RunValues } from './option-table.ts';
import { parseUrl } from './parse-host.ts';
import { regressionList } from './parse-load.ts';
import { fileName, fileNames } from './parse-value.ts';

type ResultField = 'junit' | 'hdrLog' | 'baselines' | 'regressions' | 'otlp' | 'reportUrl';

/** What is made of a result beside its tables. */
export const RESULT_OPTIONS: OptionTable<Pick<RunValues, ResultField>> = {
  junit: {
    flags: '--junit <file>',
    group: 'Result:',
    help: 'write JUnit XML: a test case for each threshold',
    parse: fileName,
    fallback: undefined,
  },
  hdrLog: {
    flags: '--hdr-log <file>',
    group: 'Result:',
    help: 'write the times of every second for HdrHistogram tools',
    parse: fileName,
    fallback: undefined,
  },
  baselines: {
    flags: '--baseline <file>',
    group: 'Result:',
    help: 'JSON of an earlier run to compare with; repeatable',
    parse: fileNames,
    fallback: [],
    fallbackText: 'none',
    repeatable: true,
  },
  regressions: {
    flags: '--regress <expr>',
    group: 'Result:',
    help: "fail where worse: 'p95 < max(1.10x, +20ms)'; repeatable",
    parse: regressionList,
    fallback: [],
    fallbackText: 'none',
    repeatable: true,
  },
  otlp: {
    flags: '--otlp <url>',
    group: 'Result:',
    help: 'send metrics to an OpenTelemetry collector: OTLP over HTTP',
    parse: parseUrl,
    fallback: undefined,
  },
  reportUrl: {
    flags: '--report-url <url>',
    group: 'Result:',
    help: 'PUT each file of the result there, its name added',
    parse: parseUrl,
    fallback: undefined,
  },
};
