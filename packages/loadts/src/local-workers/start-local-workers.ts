import type { ChildProcess } from 'node:child_process';
import { waitForExit } from './fork-worker.ts';
import type { WorkerOrder } from './worker-order.ts';

export interface LocalWorkersOptions {
  readonly children: readonly ChildProcess[];
  readonly order: WorkerOrder;
  /** A process ended before it was told to. */
  readonly onEarlyExit: (reason: string) => void;
}

export interface LocalWorkers {
  /** Waits for the processes to leave; ends those that do not. */
  close(): Promise<void>;
  kill(): void;
}

const LEAVE_TIMEOUT_MS = 5_000;

/** Gives the worker processes of this machine their order. They connect to the master as remote workers do. */
export function startLocalWorkers(options: LocalWorkersOptions): LocalWorkers {
  const { children, order } = options;
  let closing = false;
  for (const child of children) {
    const onExit = (): void => {
      const end = child.signalCode ?? `code ${child.exitCode}`;
      if (!closing) options.onEarlyExit(`worker process ${child.pid} ended with ${end}`);
    };
    if (hasEnded(child)) onExit();
    else child.once('exit', onExit).send(order);
  }
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

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
