import { WHEN_BUSY } from '@loadts/core';
import type { OptionTable, RunValues } from './option-table.ts';
import { stageList } from './parse-load.ts';
import {
  arrivalsPerSecond,
  className,
  classNames,
  duration,
  oneOf,
  scenarioNames,
  someText,
  spawnRate,
  tagNames,
  texts,
  trueOrFalse,
  wholeNumber,
} from './parse-value.ts';

type LoadField =
  | 'users'
  | 'spawnRate'
  | 'runTimeMs'
  | 'iterations'
  | 'rate'
  | 'maxUsers'
  | 'whenBusy'
  | 'poisson'
  | 'shape'
  | 'stages'
  | 'profile'
  | 'warmupMs'
  | 'scenarios'
  | 'classes'
  | 'tags'
  | 'excludeTags'
  | 'seed'
  | 'scriptArgs';

/** What users there are, and what they do. */
export const LOAD_OPTIONS: OptionTable<Pick<RunValues, LoadField>> = {
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
  rate: {
    flags: '--rate <n>',
    group: 'Load:',
    help: 'iterations to start each second, whatever the target does',
    parse: arrivalsPerSecond,
    fallback: undefined,
  },
  maxUsers: {
    flags: '--max-users <n>',
    group: 'Load:',
    help: 'users that a rate may have at once',
    parse: wholeNumber(1, 10_000_000),
    fallback: undefined,
    fallbackText: '1000',
  },
  whenBusy: {
    flags: '--when-busy <what>',
    group: 'Load:',
    help: 'drop or queue an arrival that finds no free user',
    parse: oneOf(WHEN_BUSY),
    fallback: undefined,
    fallbackText: 'drop',
  },
  poisson: {
    flags: '--poisson [bool]',
    group: 'Load:',
    help: 'arrivals at random instead of evenly spaced',
    parse: trueOrFalse,
    fallback: undefined,
  },
  shape: {
    flags: '--shape <name>',
    group: 'Load:',
    help: "the script's shape to follow, where it has several",
    parse: className,
    fallback: undefined,
  },
  stages: {
    flags: '--stages <list>',
    group: 'Load:',
    help: 'users over time: 30s:100,5m:500,30s:0 ramps to each',
    parse: stageList,
    fallback: undefined,
  },
  profile: {
    flags: '--profile <name>',
    group: 'Load:',
    help: "ramp-up, sustained, spike, soak, or one of the script's",
    parse: someText,
    fallback: undefined,
  },
  warmupMs: {
    flags: '--warmup <time>',
    group: 'Load:',
    help: 'length of the warm-up',
    parse: duration(0),
    fallback: undefined,
    fallbackText: 'until all users run',
  },
  classes: {
    flags: '--class <names...>',
    group: 'Load:',
    help: 'user classes to run',
    parse: classNames,
    fallback: undefined,
    fallbackText: 'all',
  },
  scenarios: {
    flags: '--scenario <names...>',
    group: 'Load:',
    help: "the script's scenarios to run, where it names some",
    parse: scenarioNames,
    fallback: undefined,
    fallbackText: 'all',
  },
  tags: {
    flags: '-T, --tags <names...>',
    group: 'Load:',
    help: 'run only tasks with one of these tags',
    parse: tagNames,
    fallback: [],
    fallbackText: 'all',
  },
  excludeTags: {
    flags: '-E, --exclude-tags <names...>',
    group: 'Load:',
    help: 'run no task with one of these tags, whatever --tags says',
    parse: tagNames,
    fallback: [],
    fallbackText: 'none',
  },
  seed: {
    flags: '--seed <n>',
    group: 'Load:',
    help: 'repeat the random choices of an earlier run',
    parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    fallback: undefined,
    fallbackText: 'random, printed',
  },
  scriptArgs: {
    flags: '--arg <name=value>',
    group: 'Load:',
    help: "a value for one of the script's own args; repeatable",
    parse: texts,
    fallback: [],
    commandLineOnly: true,
    repeatable: true,
  },
};
