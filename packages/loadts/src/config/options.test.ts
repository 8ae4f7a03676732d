import { describe, expect, it } from 'vitest';
import { envName, longFlag, optionKey, shortFlag } from './option.ts';
import { RUN_OPTIONS } from './options.ts';

const options = Object.values(RUN_OPTIONS);

describe('the options of a run', () => {
  it('have one name for each place where they can stand', () => {
    const option = RUN_OPTIONS.exitCodeOnError;
    expect(longFlag(option)).toBe('--exit-code-on-error');
    expect(optionKey(option)).toBe('exitCodeOnError');
    expect(envName(option)).toBe('LOADTS_EXIT_CODE_ON_ERROR');
    expect(shortFlag(option)).toBeUndefined();
    expect(shortFlag(RUN_OPTIONS.users)).toBe('-u');
  });

  it('share no flag', () => {
    const flags = options.flatMap((option) => [longFlag(option), shortFlag(option) ?? []].flat());
    expect(new Set([...flags, '-h', '-V']).size).toBe(flags.length + 2);
  });

  it('have the defaults of the documentation', () => {
    const defaults = Object.entries(RUN_OPTIONS).map(([field, option]) => [field, option.fallback]);
    expect(Object.fromEntries(defaults)).toEqual({
      users: 1,
      spawnRate: 1,
      runTimeMs: undefined,
      iterations: undefined,
      shape: undefined,
      stages: undefined,
      profile: undefined,
      warmupMs: undefined,
      resetStats: false,
      thresholds: [],
      ttfb: false,
      allowOverload: false,
      classes: undefined,
      tags: [],
      excludeTags: [],
      seed: undefined,
      scriptArgs: [],
      host: undefined,
      insecure: false,
      httpEngine: undefined,
      waitFor: undefined,
      waitForMatch: undefined,
      waitForTimeoutMs: 60_000,
      processes: 'auto',
      stopTimeoutMs: 10_000,
      onWorkerLoss: 'rebalance',
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
      headless: false,
      webHost: '127.0.0.1',
      webPort: 8_089,
      webAllowedHosts: [],
      autostart: false,
      autoquitMs: undefined,
      debug: false,
      onlySummary: false,
      noProgress: false,
      logLevel: 'info',
      logFile: undefined,
      logFormat: undefined,
      list: false,
      showTaskRatio: false,
    });
  });
});
