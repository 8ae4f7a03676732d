import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerOrder } from './worker-order.ts';

export interface LocalWorkersOptions {
  readonly count: number;
  readonly order: WorkerOrder;
  /** A process ended before it was told to. */
  readonly onEarlyExit: (reason: string) => void;
}

export interface LocalWorkers {
  /** Waits for the processes to leave; ends those that do not. */
  close(): Promise<void>;
  kill(): void;
}

const ENTRY = fileURLToPath(new URL('./worker-process.js', import.meta.url));
// Young objects of thousands of users fit into 64 MiB: smaller spaces made pauses of 20 ms at 10,000 users.
const NODE_OPTIONS = ['--max-semi-space-size=64'];
const LEAVE_TIMEOUT_MS = 5_000;

/** Forks the worker processes of this machine. They connect to the master as remote workers do. */
export function startLocalWorkers(options: LocalWorkersOptions): LocalWorkers {
  let closing = false;
  const children = Array.from({ length: options.count }, () => {
    const child = fork(ENTRY, [], { execArgv: NODE_OPTIONS, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.send(options.order);
    child.once('exit', (code, signal) => {
      if (!closing) options.onEarlyExit(`worker process ${child.pid} ended with ${signal ?? `code ${code}`}`);
    });
    return child;
  });
  const kill = (): void => {
    closing = true;
    for (const child of children) child.kill('SIGKILL');
  };
  return {
    kill,
    async close() {
      closing = true;
      const timer = setTimeout(kill, LEAVE_TIMEOUT_MS);
      await Promise.all(children.map(waitForExit));
      clearTimeout(timer);
    },
  };
}

async function waitForExit(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
