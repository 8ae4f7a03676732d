import { forkWorker, waitForExit } from './fork-worker.ts';
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

const LEAVE_TIMEOUT_MS = 5_000;

/** Forks the worker processes of this machine. They connect to the master as remote workers do. */
export function startLocalWorkers(options: LocalWorkersOptions): LocalWorkers {
  let closing = false;
  const children = Array.from({ length: options.count }, () => {
    const child = forkWorker(options.order);
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
