import { describe, expect, it } from 'vitest';
import { type CommandOption, optionKey } from './option.ts';
import { RUN_OPTIONS } from './options.ts';
import type { RunOptionsInput } from './run-options-input.ts';

const every: Required<RunOptionsInput> = {
  users: 50,
  spawnRate: 'all',
  runTime: '5m',
  iterations: 7,
  rate: 500,
  maxUsers: 50,
  whenBusy: 'queue',
  poisson: true,
  shape: 'Wave',
  stages: '30s:100,5m:500,30s:0',
  profile: 'spike',
  warmup: '30s',
  resetStats: true,
  ttfb: true,
  threshold: ['p95 < 300ms', 'errors < 1%'],
  allowOverload: true,
  scenario: ['browse'],
  class: ['Buyer'],
  tags: 'read',
  excludeTags: ['slow'],
  seed: 3,
  host: 'http://127.0.0.1:8000',
  insecure: true,
  httpEngine: 'undici',
  waitFor: '/status',
  waitForMatch: 'healthy',
  waitForTimeout: 30,
  processes: 'auto',
  stopTimeout: '5s',
  onWorkerLoss: 'stop',
  maxEntries: 100,
  allowIncomplete: true,
  exitCodeOnError: 3,
  csv: 'out/run',
  csvFullHistory: true,
  html: 'out/run.html',
  json: 'out/run.json',
  junit: 'out/junit.xml',
  hdrLog: 'out/run.hlog',
  baseline: ['main.json'],
  regress: 'p95 < max(1.10x, +20ms)',
  otlp: 'http://127.0.0.1:4318',
  reportUrl: 'http://127.0.0.1:9000/reports',
  runFile: 'out/run',
  noRunFile: true,
  headless: true,
  autostart: true,
  autoquit: '10s',
  webHost: '127.0.0.1',
  webPort: 8089,
  webAllowedHosts: ['loadtest.internal'],
  debug: true,
  onlySummary: true,
  noProgress: true,
  loglevel: 'debug',
  logfile: 'load.log',
  logFormat: 'pretty',
};

const inScripts: readonly CommandOption<unknown>[] = Object.values(RUN_OPTIONS).filter(
  (option: CommandOption<unknown>) => !option.commandLineOnly,
);

describe('the type of the options in a script', () => {
  it('has every option that can stand there, and no other', () => {
    expect(Object.keys(every).sort()).toEqual(inScripts.map(optionKey).sort());
  });

  it.each(inScripts)('has values that are accepted: $flags', (option) => {
    const value = (every as unknown as Readonly<Record<string, unknown>>)[optionKey(option)];
    expect(option.parse(value)).toHaveProperty('value');
  });

  it('makes a wrong name or value an error of the compiler', () => {
    const mistakes: readonly RunOptionsInput[] = [
      // @ts-expect-error a name that does not exist
      { runtime: '5m' },
      // @ts-expect-error a number of users
      { users: '50' },
      // @ts-expect-error one of three words
      { onWorkerLoss: 'ignore' },
    ];
    expect(mistakes).toHaveLength(3);
  });
});
