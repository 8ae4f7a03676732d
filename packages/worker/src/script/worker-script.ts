import {
  type DeclaredFeeder,
  type Events,
  readUserClasses,
  type UserClass,
  type WorkerHooks,
} from '@loadts/core';

/** What a worker uses of a script. */
export interface WorkerScript {
  readonly userClasses: readonly UserClass[];
  readonly hooks: WorkerHooks;
  readonly events: Events;
  readonly feeders: readonly DeclaredFeeder[];
}

export const EMPTY_SCRIPT: WorkerScript = { userClasses: [], hooks: {}, events: {}, feeders: [] };

/** Reads a script's exports, which the master has checked. @throws LoadtsError as `readUserClasses` does. */
export function readWorkerScript(
  exports: Readonly<Record<string, unknown>>,
  feeders: readonly DeclaredFeeder[],
): WorkerScript {
  const { events = {} } = exports as { readonly events?: Events };
  return { userClasses: readUserClasses(exports), hooks: exports, events, feeders };
}
