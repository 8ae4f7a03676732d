// Entry point of each worker process, forked by `forkWorker`.
import { LoadtsError } from '@loadts/core';
import { connect } from '@loadts/protocol';
import { captureConsole, connectPatiently, LogForwarder, systemClock, Worker } from '@loadts/worker';
import { watchLimits } from '../limits/watch-limits.ts';
import { LEAVE, type WorkerNews, type WorkerOrder } from './worker-order.ts';

const API_URL = new URL('../index.js', import.meta.url).href;

// The terminal signals the whole group; only the master, or the process that forked this one, decides when it ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());
process.once('message', (order: WorkerOrder) => {
  work(order).then(
    () => process.exit(0),
    (error: unknown) => (order.isPatient ? fail(error) : complain(error)),
  );
});

async function work(order: WorkerOrder): Promise<void> {
  const { masterUrl, token, logLevel, ca, isPatient } = order;
  const logs = new LogForwarder(logLevel);
  captureConsole(logs.logger);
  const patiently = () =>
    connectPatiently({
      connect: () => connect(masterUrl, { ca }),
      clock: systemClock,
      random: Math.random,
      onWaiting: (reason) => tell({ type: 'waiting', reason }),
    });
  let worker: Worker | undefined;
  process.on('message', (message) => {
    if (message !== LEAVE) return;
    if (worker) worker.leave();
    else process.exit(0);
  });
  // One careless line of a script must not take a worker with all its users down.
  process.on('unhandledRejection', (thrown) => worker?.recordStray(thrown));
  process.on('uncaughtException', (thrown) => worker?.recordStray(thrown));
  const connection = await (isPatient ? patiently() : connect(masterUrl));
  worker = new Worker({
    connection,
    token,
    cores: 1,
    clock: systemClock,
    apiUrl: API_URL,
    logs,
    reconnect: isPatient ? patiently : undefined,
    onUsers: watchLimits((warning) => logs.logger.warn(warning)),
    onJoined: (workerId) => isPatient && tell({ type: 'joined', workerId }),
  });
  await worker.finished;
}

function tell(news: WorkerNews): void {
  process.send?.(news);
}

function complain(error: unknown): void {
  process.stderr.write(`worker process ${process.pid}: ${String(error)}\n`);
  process.exit(1);
}

function fail(error: unknown): void {
  const hint = error instanceof LoadtsError ? error.hint : undefined;
  const message = error instanceof Error ? error.message : String(error);
  process.send?.({ type: 'failed', message, hint } satisfies WorkerNews, () => process.exit(1));
}
