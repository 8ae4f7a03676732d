import { LoadtsError, parseThresholds } from '@loadts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './parse-command-line.ts';
import type { ConfigFile } from './read-config-file.ts';
import { type ResolvedRunConfig, type RunConfigSources, resolveRunConfig } from './resolve-run-config.ts';

interface Input {
  readonly argv?: string;
  readonly env?: Record<string, string>;
  readonly file?: unknown;
  readonly script?: unknown;
  readonly more?: Partial<RunConfigSources>;
}

function resolve({ argv = '', env = {}, file, script, more = {} }: Input): ResolvedRunConfig {
  const commandLine = parseCommandLine(['run', ...argv.split(' ').filter((word) => word !== '')], '1.2.3');
  if (commandLine.name === 'print') throw new Error('printed');
  const configFile = file === undefined ? undefined : jsonFile(file);
  return resolveRunConfig({
    commandLine,
    env,
    configFile,
    scriptOptions: script,
    countCores: () => 3,
    ...more,
  });
}

function jsonFile(content: unknown): ConfigFile {
  return { name: 'loadts.config.json', content, problems: [] };
}

function refusal(input: Input): LoadtsError {
  try {
    resolve(input);
  } catch (error) {
    if (error instanceof LoadtsError) return error;
    throw error;
  }
  throw new Error('accepted');
}

const NETWORK_DEFAULTS = {
  expectWorkers: 1,
  expectWorkersMaxWaitMs: 0,
  masterBindHost: '127.0.0.1',
  masterBindPort: 5_557,
  masterLostTimeoutMs: 15_000,
  token: undefined,
  tokenFile: undefined,
  tlsCert: undefined,
  tlsKey: undefined,
};

describe('resolveRunConfig', () => {
  it('has a default for everything', () => {
    expect(resolve({})).toEqual({
      config: {
        host: undefined,
        users: 1,
        spawnRate: 1,
        runTimeMs: undefined,
        shape: undefined,
        stages: undefined,
        profile: undefined,
        warmupMs: undefined,
        resetStats: false,
        thresholds: [],
        ttfb: false,
        allowOverload: false,
        classes: undefined,
        seed: undefined,
        iterations: undefined,
        scriptArgs: [],
        tags: [],
        excludeTags: [],
        headless: false,
        autostart: false,
        autoquitMs: undefined,
        webHost: '127.0.0.1',
        webPort: 8_089,
        webAllowedHosts: [],
        processes: 3,
        stopTimeoutMs: 10_000,
        onWorkerLoss: 'rebalance',
        insecure: false,
        httpEngine: undefined,
        waitFor: undefined,
        waitForMatch: undefined,
        waitForTimeoutMs: 60_000,
        maxEntries: 1_000,
        allowIncomplete: false,
        exitCodeOnError: 1,
        csv: undefined,
        csvFullHistory: false,
        html: undefined,
        json: undefined,
        junit: undefined,
        hdrLog: undefined,
        baselines: [],
        regressions: [],
        otlp: undefined,
        reportUrl: undefined,
        runFile: undefined,
        noRunFile: false,
        debug: false,
        onlySummary: false,
        noProgress: false,
        logLevel: 'info',
        logFile: undefined,
        logFormat: undefined,
        list: false,
        showTaskRatio: false,
        ...NETWORK_DEFAULTS,
      },
      args: {},
      argDefinitions: [],
      argsText: '',
      warnings: [],
      given: new Set(),
    });
  });

  it('reads every option of the command line', () => {
    const { config } = resolve({
      argv:
        '-H https://a.example/b -u 20 -r 0.5 -t 1h30m --shape Wave --class A B --arg a=1 --arg b=2 -i 30 -T read fast -E slow ' +
        '--wait-for /health --wait-for-match up --wait-for-timeout 5 --seed 7 --headless --autostart --autoquit 5 --web-host 0.0.0.0 --web-port 0 --web-allowed-hosts a.internal b --processes 2 ' +
        '-s 500ms --on-worker-loss stop --insecure --http-engine undici --max-entries 50 --allow-incomplete --exit-code-on-error 0 ' +
        '--stages 5s:10 --profile spike --warmup 3s --reset-stats --ttfb --allow-overload --threshold p95<1s ' +
        '--csv out/run --csv-full-history --html out/run.html --json out/run.json --run-file out/run --no-run-file --junit out/junit.xml --hdr-log out/run.hlog --baseline a.json --baseline b.json --otlp http://c:4318 --report-url https://d/e?f --debug --only-summary --no-progress -L WARN --logfile a.log --log-format json -l --show-task-ratio',
      more: { scriptArgs: { a: {}, b: {} } },
    });
    expect(config).toEqual({
      host: 'https://a.example/b',
      users: 20,
      spawnRate: 0.5,
      runTimeMs: 5_400_000,
      shape: 'Wave',
      stages: [{ duration: '5s', users: 10 }],
      profile: 'spike',
      warmupMs: 3_000,
      resetStats: true,
      thresholds: parseThresholds(['p95 < 1s']),
      ttfb: true,
      allowOverload: true,
      classes: ['A', 'B'],
      seed: 7,
      iterations: 30,
      scriptArgs: ['a=1', 'b=2'],
      tags: ['read', 'fast'],
      excludeTags: ['slow'],
      headless: true,
      autostart: true,
      autoquitMs: 5_000,
      webHost: '0.0.0.0',
      webPort: 0,
      webAllowedHosts: ['a.internal', 'b'],
      processes: 2,
      stopTimeoutMs: 500,
      onWorkerLoss: 'stop',
      insecure: true,
      httpEngine: 'undici',
      waitFor: '/health',
      waitForMatch: 'up',
      waitForTimeoutMs: 5_000,
      maxEntries: 50,
      allowIncomplete: true,
      exitCodeOnError: 0,
      csv: 'out/run',
      csvFullHistory: true,
      html: 'out/run.html',
      json: 'out/run.json',
      junit: 'out/junit.xml',
      hdrLog: 'out/run.hlog',
      baselines: ['a.json', 'b.json'],
      regressions: [],
      otlp: 'http://c:4318',
      reportUrl: 'https://d/e?f',
      runFile: 'out/run',
      noRunFile: true,
      debug: true,
      onlySummary: true,
      noProgress: true,
      logLevel: 'warn',
      logFile: 'a.log',
      logFormat: 'json',
      list: true,
      showTaskRatio: true,
      ...NETWORK_DEFAULTS,
    });
  });

  it('takes each option from the command line, else the environment, the file, the script, the default', () => {
    const value = fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined });
    fc.assert(
      fc.property(value, value, value, value, (line, variable, inFile, inScript) => {
        const { config, given } = resolve({
          argv: line === undefined ? '' : `--users ${line}`,
          env: variable === undefined ? {} : { LOADTS_USERS: String(variable) },
          file: { users: inFile },
          script: { users: inScript },
        });
        expect(config.users).toBe(line ?? variable ?? inFile ?? inScript ?? 1);
        expect(given.has('users')).toBe([line, variable, inFile, inScript].some((one) => one !== undefined));
      }),
    );
  });

  it.each([
    ['false', false],
    ['0', false],
    ['true', true],
    ['1', true],
    ['', true],
  ])('reads LOADTS_HEADLESS=%s by its value, not by its presence', (text, headless) => {
    expect(resolve({ env: { LOADTS_HEADLESS: text }, script: { headless: true } }).config.headless).toBe(
      headless,
    );
  });

  it('lets the command line take back a switch', () => {
    const { config } = resolve({
      argv: '--headless=false --no-progress false',
      file: { headless: true, noProgress: true },
    });
    expect(config).toMatchObject({ headless: false, noProgress: false });
  });

  it('takes null in a file as not set', () => {
    expect(resolve({ file: { users: null } }).config.users).toBe(1);
  });

  it('warns of variables that it does not know, without showing what they hold', () => {
    const env = {
      LOADTS_USER: 'secret',
      LOADTS_TOKEN: 'x',
      LOADTS_BANANA: '1',
      LOADTS_LIST: '1',
      USERS: '1',
    };
    expect(resolve({ env }).warnings).toEqual([
      'LOADTS_USER is not an option and is ignored; did you mean LOADTS_USERS?',
      'LOADTS_BANANA is not an option and is ignored; see loadts run --help',
      'LOADTS_LIST is not an option and is ignored; see loadts run --help',
    ]);
  });
});

describe('resolveRunConfig, where something is wrong,', () => {
  it.each<[string, Input, string, string | RegExp]>([
    ['-u -3', { argv: '-u -3' }, '--users: "-3" is too small', 'use a whole number of at least 1'],
    ['-u 0', { argv: '-u 0' }, '--users: "0" is too small', 'use a whole number of at least 1'],
    ['-t 1h30', { argv: '-t 1h30' }, '--run-time: "1h30" is not a duration', /such as 20, 500ms, 30s, 1h20m/],
    ['-r 0', { argv: '-r 0' }, '--spawn-rate: "0" is not a spawn rate', /or all/],
    [
      'a host without a scheme',
      { argv: '-H localhost:8000' },
      '--host: "localhost:8000" is not an absolute URL',
      'did you mean http://localhost:8000?',
    ],
    ['an unknown option', { argv: '--user 5' }, 'unknown option --user', 'did you mean --users?'],
    ['-u without a value', { argv: '-u' }, '--users has no value', 'write --users <n>'],
    ['a variable', { env: { LOADTS_USERS: 'many' } }, 'LOADTS_USERS: "many" is not a whole number', /from 1/],
    ['a file', { file: { users: -3 } }, 'loadts.config.json: users: -3 is too small', /at least 1/],
    [
      'a key of a file',
      { file: { user: 3 } },
      'loadts.config.json: user is not an option',
      'did you mean users?',
    ],
    [
      'a key of a file that is for the command line',
      { file: { list: true } },
      'loadts.config.json: list is for the command line only',
      'remove it',
    ],
    [
      'a file without options',
      { file: [1] },
      'loadts.config.json: [ 1 ] is not an object of options',
      /\{ users: 10 \}/,
    ],
    ['the script', { script: { users: 0 } }, "the script's options: users: 0 is too small", /at least 1/],
    [
      'a key of the script',
      { script: { banana: 1 } },
      "the script's options: banana is not an option",
      /--help/,
    ],
    [
      'a script without an object',
      { script: 5 },
      "the script's options: 5 is not an object of options",
      /users/,
    ],
  ])('explains %s', (_, input, message, hint) => {
    expect(refusal(input)).toMatchObject({
      code: 'CONFIG_INVALID',
      message,
      hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
    });
  });

  it('reports all problems of all sources at once, also of values that another one overrides', () => {
    const { code, message } = refusal({
      argv: '--user 5 -t 1h30 -u 10',
      env: { LOADTS_USERS: 'x', LOADTS_HEADLESS: 'maybe' },
      file: { users: 0, spawnrate: 1 },
      script: { users: 1.5 },
    });
    expect(code).toBe('CONFIG_INVALID');
    expect(message.split('\n')).toEqual([
      '7 problems with what loadts was told:',
      '  unknown option --user; did you mean --users?',
      expect.stringMatching(/^ {2}--run-time: "1h30" is not a duration; write seconds/),
      '  LOADTS_USERS: "x" is not a whole number; use a whole number from 1 to 10000000',
      '  LOADTS_HEADLESS: "maybe" is neither true nor false; use true, false, 1 or 0',
      '  loadts.config.json: spawnrate is not an option; did you mean spawnRate?',
      '  loadts.config.json: users: 0 is too small; use a whole number of at least 1',
      "  the script's options: users: 1.5 is not a whole number; use a whole number from 1 to 10000000",
    ]);
  });

  it('adds what was wrong with reading the file', () => {
    const configFile = { ...jsonFile(undefined), problems: [{ text: 'broken', hint: 'mend it' }] };
    expect(refusal({ more: { configFile } })).toMatchObject({ message: 'broken', hint: 'mend it' });
  });

  it('throws the error of a script that could not be read, with the other problems where there are any', () => {
    const scriptError = new LoadtsError('SCRIPT_NOT_FOUND', 'there is no script x.ts', { hint: 'write one' });
    expect(refusal({ more: { scriptError } })).toBe(scriptError);
    const { code, message } = refusal({ argv: '-u x', more: { scriptError } });
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toMatch(/--users: "x"[^]*there is no script x\.ts; write one/);
  });
});
