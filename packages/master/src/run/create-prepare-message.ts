import { listAggregates } from '@loadts/core';
import type { PrepareMessage } from '@loadts/protocol';
import type { RunSettings } from './run-settings.ts';

/** What every worker has to know of a run before its time zero. */
export function createPrepareMessage(
  settings: RunSettings,
  place: Pick<PrepareMessage, 'workerIndex' | 'workers' | 'feeders'>,
): PrepareMessage {
  const { seed, host, classes, runTimeMs, stopTimeoutMs, maxEntries } = settings;
  const { insecure, debug, data, args, tags, excludeTags, iterations, arrivals, thresholds } = settings;
  return {
    type: 'prepare',
    ...place,
    seed,
    host: host ?? null,
    classes,
    endUs: runTimeMs === undefined ? null : Math.round(runTimeMs * 1_000),
    stopTimeoutMs,
    maxEntries,
    insecure,
    debug,
    data,
    args: JSON.stringify(args),
    leased: iterations !== undefined,
    open: arrivals !== undefined,
    tags,
    excludeTags,
    aggregates: listAggregates(thresholds),
  };
}
