import { randomBytes } from 'node:crypto';
import { LoadtsError } from '@loadts/core';
import type { Gathering, WorkerSource } from '../commands/worker-source.ts';
import type { LogLevel, RunConfig } from '../config/run-config.ts';
import { describeLimits } from '../limits/describe-limits.ts';
import { readKernelLimits } from '../limits/kernel-limits.ts';
import { peakUsers } from '../limits/peak-users.ts';
import { type LocalWorkers, startLocalWorkers } from './start-local-workers.ts';
import type { WorkerCrew } from './worker-crew.ts';

const LOOPBACK = '127.0.0.1';
const START_TIMEOUT_MS = 60_000;

type LocalWorkersConfig = Pick<
  RunConfig,
  'processes' | 'logLevel' | 'users' | 'stages' | 'rate' | 'maxUsers'
>;

/** The worker processes that `loadts run` starts on this machine. */
export class LocalWorkerSource implements WorkerSource {
  readonly host: string = LOOPBACK;
  readonly port: number = 0;
  readonly token: string = randomBytes(32).toString('hex');
  readonly tls = undefined;
  readonly count: number;
  readonly isRefilled: boolean = false;
  readonly #logLevel: LogLevel;
  readonly #users: number;
  readonly #crew: WorkerCrew;
  #workers: LocalWorkers | undefined;

  constructor(config: LocalWorkersConfig, crew: WorkerCrew) {
    this.#crew = crew;
    this.count = config.processes;
    this.#logLevel = config.logLevel;
    this.#users = peakUsers(config);
  }

  async gather({ master, starting, logger }: Gathering): Promise<void> {
    const need = { users: this.#users, processes: this.count };
    for (const warning of describeLimits(need, readKernelLimits())) logger.warn(warning);
    const port = await master.listen();
    this.#workers = startLocalWorkers({
      children: this.#crew.take(this.count),
      order: { masterUrl: `ws://${LOOPBACK}:${port}`, token: this.token, logLevel: this.#logLevel },
      onEarlyExit: (reason) => starting.abort(new LoadtsError('WORKER_START_FAILED', reason)),
    });
    const timeout = setTimeout(() => starting.abort(createStartTimeout(this.count)), START_TIMEOUT_MS);
    await master.waitForWorkers(this.count, starting.signal);
    clearTimeout(timeout);
  }

  async close(): Promise<void> {
    await this.#workers?.close();
  }

  kill(): void {
    this.#workers?.kill();
  }
}

function createStartTimeout(processes: number): LoadtsError {
  return new LoadtsError(
    'WORKERS_MISSING',
    `not all of ${processes} worker processes were ready within ${START_TIMEOUT_MS / 1_000} s`,
    { hint: 'start fewer with --processes, or look at the log with --loglevel debug' },
  );
}
