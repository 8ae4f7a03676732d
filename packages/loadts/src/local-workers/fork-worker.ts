import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../local-workers/worker-process.js', import.meta.url));
// Young objects of thousands of users fit into 64 MiB: smaller spaces made pauses of 20 ms at 10,000 users.
const NODE_OPTIONS = ['--max-semi-space-size=64'];

/** Starts a process that is one worker, and waits for its `WorkerOrder`. */
export function forkWorker(): ChildProcess {
  return fork(ENTRY, [], { execArgv: NODE_OPTIONS, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

export async function waitForExit(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
