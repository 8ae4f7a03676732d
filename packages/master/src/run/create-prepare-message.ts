import { listAggregates } from '@loadts/core';
import { MISSING_AFTER_MS, type PrepareMessage, type RunScenario } from '@loadts/protocol';
import type { RunSettings, ScenarioSettings } from './run-settings.ts';

/** The others take over after 4 s: until then users only finish what they are at. */
const PAUSE_AFTER_MS = 3_000;

/** How much silence of a worker its master bears. */
export function patienceMs({ onWorkerLoss, masterLostTimeoutMs }: RunSettings): number {
  return onWorkerLoss === 'continue' ? masterLostTimeoutMs : MISSING_AFTER_MS;
}

/** How much silence of its master a worker's users outlive. */
function endAfterMs({ onWorkerLoss, masterLostTimeoutMs }: RunSettings): number {
  return onWorkerLoss === 'rebalance' ? MISSING_AFTER_MS : masterLostTimeoutMs;
}

/** What every worker has to know of a run before its time zero. */
export function createPrepareMessage(
  settings: RunSettings,
  place: Pick<PrepareMessage, 'workerIndex' | 'workers' | 'feeders'>,
): PrepareMessage {
  const { seed, host, scenarios, runTimeMs, stopTimeoutMs, maxEntries } = settings;
  const { insecure, debug, data, args, tags, excludeTags, iterations, thresholds } = settings;
  const { onWorkerLoss, ttfb } = settings;
  return {
    type: 'prepare',
    ...place,
    seed,
    host: host ?? null,
    scenarios: scenarios.map(describeScenario),
    endUs: toUs(runTimeMs),
    stopTimeoutMs,
    pauseAfterMs: onWorkerLoss === 'rebalance' ? PAUSE_AFTER_MS : null,
    endAfterMs: endAfterMs(settings),
    maxEntries,
    insecure,
    httpEngine: settings.httpEngine ?? null,
    debug,
    data,
    args: JSON.stringify(args),
    leased: iterations !== undefined,
    ttfb,
    tags,
    excludeTags,
    aggregates: listAggregates(thresholds),
  };
}

function describeScenario({ name, classes, arrivals, startMs, endMs }: ScenarioSettings): RunScenario {
  const startUs = Math.round(startMs * 1_000);
  return { name: name ?? null, classes, open: arrivals !== undefined, startUs, endUs: toUs(endMs) };
}

function toUs(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms * 1_000);
}
