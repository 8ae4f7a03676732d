import type { StartMessage } from '@loadts/protocol';
import type { RunSettings } from './run-settings.ts';

/** What begins a run on a worker. */
export function createStartMessage(
  settings: RunSettings,
  run: Pick<StartMessage, 'elapsedUs' | 'leased' | 'feeders'>,
): StartMessage {
  const { seed, host, classes, runTimeMs, stopTimeoutMs, maxEntries } = settings;
  const { insecure, data, args, tags, excludeTags } = settings;
  return {
    type: 'start',
    ...run,
    seed,
    host: host ?? null,
    classes,
    endUs: runTimeMs === undefined ? null : Math.round(runTimeMs * 1_000),
    stopTimeoutMs,
    maxEntries,
    insecure,
    data,
    args: JSON.stringify(args),
    tags,
    excludeTags,
  };
}
