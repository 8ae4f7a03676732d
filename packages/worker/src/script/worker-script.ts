import { type Events, readUserClasses, type UserClass, type WorkerHooks } from '@loadts/core';

/** What a worker uses of a script. */
export interface WorkerScript {
  readonly userClasses: readonly UserClass[];
  readonly hooks: WorkerHooks;
  readonly events: Events;
}

export const EMPTY_SCRIPT: WorkerScript = { userClasses: [], hooks: {}, events: {} };

/** Reads a script's exports, which the master has checked. @throws LoadtsError as `readUserClasses` does. */
export function readWorkerScript(exports: Readonly<Record<string, unknown>>): WorkerScript {
  const { events = {} } = exports as { readonly events?: Events };
  return { userClasses: readUserClasses(exports), hooks: exports, events };
}
