import { sharedHost } from '@loadts/core';
import { requireHost } from '../script/script-contents.ts';
import type { PreparedRun } from './prepare-run.ts';
import { resolveWaitFor } from './wait-for-target.ts';

/** @throws LoadtsError `HOST_MISSING` or `CONFIG_INVALID` where it is not clear what is to be tested */
export function checkTarget({ config, classes }: PreparedRun): void {
  requireHost(classes, config.host);
  resolveWaitFor(config, config.host ?? sharedHost(classes));
}
