import { sharedHost } from '@loadts/core';
import { type RunOptions, type RunSettings, type ScenarioSettings, ScriptLifecycle } from '@loadts/master';
import { systemClock } from '@loadts/worker';
import { type ChosenScenario, endOfRun } from '../script/chosen-scenario.ts';
import { listensOnWorkers } from '../script/read-events.ts';
import type { PreparedRun } from './prepare-run.ts';

/** What a run is called and draws from. */
export interface RunIdentity {
  /** The script as the user named it. */
  readonly script: string;
  readonly seed: number;
}

/** What the master has to know. @param data what `setup()` made, as JSON */
export function createRunSettings(
  prepared: PreparedRun,
  { script, seed }: RunIdentity,
  data: string | null,
): RunSettings {
  const { config, scenarios, hooks, events, args } = prepared;
  const { host, iterations, stopTimeoutMs, maxEntries, insecure, debug, onWorkerLoss } = config;
  const { tags, excludeTags, thresholds, warmupMs, resetStats, allowOverload } = config;
  return {
    script,
    scenarios: scenarios.map(describeScenario),
    seed,
    host,
    runTimeMs: endOfRun(scenarios),
    iterations,
    stopTimeoutMs,
    maxEntries,
    insecure,
    httpEngine: config.httpEngine,
    debug,
    data,
    args,
    endsScript: hooks.onRunStop !== undefined || listensOnWorkers(events),
    onWorkerLoss,
    masterLostTimeoutMs: config.masterLostTimeoutMs,
    thresholds: resetStats
      ? thresholds.map((threshold) => ({ ...threshold, afterWarmup: true }))
      : thresholds,
    ttfb:
      config.ttfb || thresholds.some(({ metric }) => metric.kind === 'latency' && metric.series === 'ttfb'),
    warmupSeconds: warmupMs === undefined ? undefined : warmupMs / 1_000,
    resetStats,
    overloadIsInvalid: thresholds.length > 0 && !allowOverload,
    tags,
    excludeTags,
  };
}

function describeScenario(scenario: ChosenScenario): ScenarioSettings {
  const { name, classes, shape, arrivals, startMs, endMs } = scenario;
  return {
    name,
    classes: classes.map((userClass) => {
      const { weight, fixedCount } = userClass;
      return { name: userClass.name, weight, fixedCount };
    }),
    shape: shape?.name,
    arrivals,
    startMs,
    endMs,
  };
}

/** The script's `setup` and `teardown`, with what they are told. */
export function createLifecycle(
  prepared: PreparedRun,
  { seed, workers }: Pick<RunIdentity, 'seed'> & { readonly workers: number },
): ScriptLifecycle {
  const { config, classes, hooks, args } = prepared;
  const { users, spawnRate, runTimeMs, iterations } = config;
  const runTime = runTimeMs === undefined ? undefined : runTimeMs / 1_000;
  const options: RunOptions = { users, spawnRate, runTime, iterations, workers, seed };
  const host = config.host ?? sharedHost(classes);
  return new ScriptLifecycle({ hooks, clock: systemClock, context: { host, options, args } });
}
