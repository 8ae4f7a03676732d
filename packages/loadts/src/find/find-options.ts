import type { OptionTable } from '../config/option-table.ts';
import { RUN_OPTIONS } from '../config/options.ts';
import { duration, oneOf, type Parsed } from '../config/parse-value.ts';
import type { FindConfig } from './find-config.ts';
import { objectiveList } from './objective-list.ts';

/** What `loadts find` takes beside the options of a run. */
export const FIND_OPTIONS: OptionTable<FindConfig> = {
  slo: {
    flags: '--slo <list>',
    group: 'Search:',
    help: "what has to hold: 'p95 < 300ms, errors < 1%'",
    parse: objectiveList,
    fallback: [],
    commandLineOnly: true,
    repeatable: true,
  },
  from: {
    flags: '--from <n>',
    group: 'Search:',
    help: 'the lowest load to try',
    parse: readLoad,
    fallback: 1,
    commandLineOnly: true,
  },
  to: {
    flags: '--to <n>',
    group: 'Search:',
    help: 'the highest',
    parse: readLoad,
    fallback: 1_000,
    commandLineOnly: true,
  },
  by: {
    flags: '--by <what>',
    group: 'Search:',
    help: 'users, or rate: iterations to start each second',
    parse: oneOf(['users', 'rate'] as const),
    fallback: 'users',
    commandLineOnly: true,
  },
  levelMs: {
    flags: '--level-time <time>',
    group: 'Search:',
    help: 'how long each load is measured',
    parse: duration(2_000),
    fallback: 10_000,
    fallbackText: '10s',
    commandLineOnly: true,
  },
  settleMs: {
    flags: '--settle-time <time>',
    group: 'Search:',
    help: 'how long each may settle before that',
    parse: duration(0),
    fallback: 3_000,
    fallbackText: '3s',
    commandLineOnly: true,
  },
  precision: {
    flags: '--precision <share>',
    group: 'Search:',
    help: 'how close the load that fails is to the one that holds',
    parse: readShare,
    fallback: 0.05,
    fallbackText: '5%',
    commandLineOnly: true,
  },
};

const {
  users: _users,
  spawnRate: _spawnRate,
  runTimeMs: _runTime,
  iterations: _iterations,
  rate: _rate,
  shape: _shape,
  stages: _stages,
  profile: _profile,
  warmupMs: _warmup,
  resetStats: _resetStats,
  thresholds: _thresholds,
  exitCodeOnError: _exitCodeOnError,
  headless: _headless,
  webHost: _webHost,
  webPort: _webPort,
  webAllowedHosts: _webAllowedHosts,
  autostart: _autostart,
  autoquitMs: _autoquit,
  showTaskRatio: _showTaskRatio,
  junit: _junit,
  hdrLog: _hdrLog,
  baselines: _baselines,
  regressions: _regressions,
  reportUrl: _reportUrl,
  html,
  json,
  ...REST
} = RUN_OPTIONS;

/** Those of a run that mean something in a search, which decides over the load itself. */
export const FIND_RUN_OPTIONS: Readonly<Partial<typeof RUN_OPTIONS>> = {
  ...REST,
  html: { ...html, help: 'write what was found as a page: curves over the load, and every level' },
  json: { ...json, help: 'write what was found for programs' },
};

const MAX_LOAD = 10_000_000;

function readLoad(raw: unknown): Parsed<number> {
  const text = typeof raw === 'string' ? raw.trim() : '';
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0 && value <= MAX_LOAD) return { value };
  return { wrong: 'is not a load', hint: `use a number above 0, such as 10, up to ${MAX_LOAD}` };
}

function readShare(raw: unknown): Parsed<number> {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(typeof raw === 'string' ? raw.trim() : '') ?? [];
  const value = Number(number) / (percent === '%' ? 100 : 1);
  if (value >= 0.005 && value <= 0.5) return { value };
  return { wrong: 'is not a share from 0.5% to 50%', hint: 'write 5% or 0.05' };
}
