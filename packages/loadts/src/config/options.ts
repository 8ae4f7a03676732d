import type { CommandOption } from './option.ts';
import { parseHost } from './parse-host.ts';
import {
  className,
  classNames,
  duration,
  fileName,
  oneOf,
  spawnRate,
  trueOrFalse,
  wholeNumber,
  wholeNumberOrAuto,
} from './parse-value.ts';
import { LOG_FORMATS, LOG_LEVELS, type RunConfig, WORKER_LOSS_POLICIES } from './run-config.ts';

/** `RunConfig` before `auto` has become a number. */
export type RunValues = Omit<RunConfig, 'processes'> & { readonly processes: number | 'auto' };

/** One option for each field of a configuration. */
export type OptionTable<Values> = { readonly [Field in keyof Values]: CommandOption<Values[Field]> };

/** Every option of `loadts run`, in the order of its `--help`. */
export const RUN_OPTIONS: OptionTable<RunValues> = {
  users: {
    flags: '-u, --users <n>',
    group: 'Load:',
    help: 'users to run at once',
    parse: wholeNumber(1, 10_000_000),
    fallback: 1,
  },
  spawnRate: {
    flags: '-r, --spawn-rate <n>',
    group: 'Load:',
    help: 'users to start each second; all starts them at once',
    parse: spawnRate,
    fallback: 1,
  },
  runTimeMs: {
    flags: '-t, --run-time <time>',
    group: 'Load:',
    help: 'stop after this time, such as 20, 30s or 1h30m',
    parse: duration(1),
    fallback: undefined,
    fallbackText: 'until stopped',
  },
  iterations: {
    flags: '-i, --iterations <n>',
    group: 'Load:',
    help: 'stop after exactly this many runs of tasks',
    parse: wholeNumber(1, Number.MAX_SAFE_INTEGER),
    fallback: undefined,
    fallbackText: 'no limit',
  },
  shape: {
    flags: '--shape <name>',
    group: 'Load:',
    help: "the script's shape to follow, where it has several",
    parse: className,
    fallback: undefined,
  },
  classes: {
    flags: '--class <names...>',
    group: 'Load:',
    help: 'user classes to run',
    parse: classNames,
    fallback: undefined,
    fallbackText: 'all',
  },
  seed: {
    flags: '--seed <n>',
    group: 'Load:',
    help: 'repeat the random choices of an earlier run',
    parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    fallback: undefined,
    fallbackText: 'random, printed',
  },
  host: {
    flags: '-H, --host <url>',
    group: 'Target:',
    help: "base URL, in place of the script's",
    parse: parseHost,
    fallback: undefined,
  },
  insecure: {
    flags: '--insecure [bool]',
    group: 'Target:',
    help: 'accept certificates that cannot be verified',
    parse: trueOrFalse,
    fallback: false,
  },
  processes: {
    flags: '--processes <n>',
    group: 'Workers:',
    help: 'local worker processes; auto is one for each CPU core',
    parse: wholeNumberOrAuto(1, 1_024),
    fallback: 'auto',
  },
  stopTimeoutMs: {
    flags: '-s, --stop-timeout <time>',
    group: 'Workers:',
    help: 'time for users to finish when the run stops',
    parse: duration(0),
    fallback: 10_000,
    fallbackText: '10s',
  },
  onWorkerLoss: {
    flags: '--on-worker-loss <policy>',
    group: 'Workers:',
    help: 'rebalance, continue or stop when a worker is lost',
    parse: oneOf(WORKER_LOSS_POLICIES),
    fallback: 'rebalance',
  },
  maxEntries: {
    flags: '--max-entries <n>',
    group: 'Result:',
    help: 'separate request names; further ones count as (other)',
    parse: wholeNumber(1, 10_000),
    fallback: 1_000,
  },
  allowIncomplete: {
    flags: '--allow-incomplete [bool]',
    group: 'Result:',
    help: 'pass also where workers or samples are missing',
    parse: trueOrFalse,
    fallback: false,
  },
  exitCodeOnError: {
    flags: '--exit-code-on-error <n>',
    group: 'Result:',
    help: 'exit code where requests failed or tasks threw',
    parse: wholeNumber(0, 255),
    fallback: 1,
  },
  headless: {
    flags: '--headless [bool]',
    group: 'Output:',
    help: 'no web UI: start, run, report, exit',
    parse: trueOrFalse,
    fallback: false,
  },
  onlySummary: {
    flags: '--only-summary [bool]',
    group: 'Output:',
    help: 'print nothing but the final report',
    parse: trueOrFalse,
    fallback: false,
  },
  noProgress: {
    flags: '--no-progress [bool]',
    group: 'Output:',
    help: 'no live progress on the terminal',
    parse: trueOrFalse,
    fallback: false,
  },
  logLevel: {
    flags: '-L, --loglevel <level>',
    group: 'Output:',
    help: 'trace, debug, info, warn, error or silent',
    parse: oneOf(LOG_LEVELS),
    fallback: 'info',
  },
  logFile: {
    flags: '--logfile <file>',
    group: 'Output:',
    help: 'write the log to this file',
    parse: fileName,
    fallback: undefined,
    fallbackText: 'standard error',
  },
  logFormat: {
    flags: '--log-format <format>',
    group: 'Output:',
    help: 'pretty or json',
    parse: oneOf(LOG_FORMATS),
    fallback: undefined,
    fallbackText: 'pretty on a terminal, else json',
  },
  list: {
    flags: '-l, --list',
    group: 'Other:',
    help: 'show the user classes of the script and exit',
    parse: trueOrFalse,
    fallback: false,
    commandLineOnly: true,
  },
  showTaskRatio: {
    flags: '--show-task-ratio',
    group: 'Other:',
    help: 'show how often each task will run and exit',
    parse: trueOrFalse,
    fallback: false,
    commandLineOnly: true,
  },
};
