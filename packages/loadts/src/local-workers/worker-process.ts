// Entry point of each local worker process, forked by `startLocalWorkers`.
import { connect } from '@loadts/protocol';
import { captureConsole, LogForwarder, systemClock, Worker } from '@loadts/worker';
import type { WorkerOrder } from './worker-order.ts';

const API_URL = new URL('../index.js', import.meta.url).href;

// The terminal signals the whole group; only the master decides when workers stop.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());
process.once('message', (order: WorkerOrder) => {
  work(order).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`worker process ${process.pid}: ${String(error)}\n`);
      process.exit(1);
    },
  );
});

async function work({ masterUrl, token, logLevel }: WorkerOrder): Promise<void> {
  const logs = new LogForwarder(logLevel);
  captureConsole(logs.logger);
  const connection = await connect(masterUrl);
  const worker = new Worker({ connection, token, cores: 1, clock: systemClock, apiUrl: API_URL, logs });
  // One careless line of a script must not take a worker with all its users down.
  process.on('unhandledRejection', (thrown) => worker.recordStray(thrown));
  process.on('uncaughtException', (thrown) => worker.recordStray(thrown));
  await worker.finished;
}
